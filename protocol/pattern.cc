#include "protocol/pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cumulite::protocol {
namespace {

using CodePoint = std::uint32_t;

/// The next code point of well-formed UTF-8, which is taken from `text`.
CodePoint Next(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  CodePoint point = length == 1 ? first : first & (0x7FU >> length);
  for (std::size_t i = 1; i < length && i < text.size(); ++i) {
    point = point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(std::min(length, text.size()));
  return point;
}

struct Interval {
  CodePoint low;
  CodePoint high;
};

struct CharacterClass {
  std::vector<Interval> intervals;
  bool negated = false;

  void Add(CodePoint low, CodePoint high) { intervals.push_back({low, high}); }
  void Add(std::initializer_list<Interval> list) { intervals.insert(intervals.end(), list); }
  bool Has(CodePoint point) const {
    const bool inside =
        std::ranges::any_of(intervals, [=](Interval i) { return i.low <= point && point <= i.high; });
    return inside != negated;
  }
};

constexpr CodePoint kLast = 0x10FFFF;

/// One step of the program: eats a character of a class, or goes on in one or two places without eating.
struct Step {
  enum class Kind : std::uint8_t { kEat, kSplit, kMatch };
  Kind kind;
  std::size_t which = 0;  // the class, of kEat
  std::size_t next = 0;
  std::size_t other = 0;  // of kSplit
};

/// Compiles a pattern: recursive descent that lays out the steps of what it reads.
class Compiler {
 public:
  explicit Compiler(std::string_view pattern) : rest_(pattern) {
    Alternatives();
    if (!rest_.empty()) Unknown("closing bracket");
    steps.push_back({Step::Kind::kMatch});
  }

  std::vector<Step> steps;
  std::vector<CharacterClass> classes;

 private:
  [[noreturn]] static void Unknown(std::string_view what) {
    throw std::logic_error("a pattern holds what MatchesPattern does not know: " + std::string(what));
  }

  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void Alternatives() {
    const std::size_t start = steps.size();
    Sequence();
    if (!Take('|')) return;
    Insert(start, {Step::Kind::kSplit, 0, start + 1, steps.size() + 2});
    const std::size_t jump = steps.size();
    steps.push_back({Step::Kind::kSplit});
    Alternatives();
    steps[jump].next = steps[jump].other = steps.size();
  }

  void Sequence() {
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      if (Take('^') || Take('$')) continue;  // all of the text is matched anyway
      const std::size_t start = steps.size();
      Atom();
      Quantifier(start);
    }
  }

  void Atom() {
    if (Take('(')) {
      if (Take('?') && !Take(':')) Unknown("look-ahead");
      Alternatives();
      if (!Take(')')) Unknown("open group");
      return;
    }
    CharacterClass eaten;
    if (Take('[')) {
      Class(eaten);
    } else if (Take('.')) {
      eaten.Add('\n', '\n');
      eaten.negated = true;
    } else {
      Character(eaten);
    }
    classes.push_back(std::move(eaten));
    steps.push_back({Step::Kind::kEat, classes.size() - 1, steps.size() + 1});
  }

  void Class(CharacterClass& out) {
    out.negated = Take('^');
    for (bool first = true; first || !Take(']'); first = false) {
      if (rest_.empty()) Unknown("open class");
      const auto low = Character(out);
      if (!low || rest_.size() < 2 || rest_[0] != '-' || rest_[1] == ']') continue;
      rest_.remove_prefix(1);
      out.intervals.pop_back();
      const auto high = Character(out);
      if (!high) Unknown("range to a class");
      out.intervals.back().low = *low;
    }
  }

  /// Reads one character or escape into `out`; a single character is also returned.
  std::optional<CodePoint> Character(CharacterClass& out) {
    CodePoint point = Next(rest_);
    if (point == '\\') {
      const auto escaped = Escape(out);
      if (!escaped) return std::nullopt;
      point = *escaped;
    }
    out.Add(point, point);
    return point;
  }

  std::optional<CodePoint> Escape(CharacterClass& out) {
    if (rest_.empty()) Unknown("backslash at the end");
    const char c = rest_.front();
    rest_.remove_prefix(1);
    switch (c) {
      case 'w':
        out.Add({{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {'_', '_'}});
        return std::nullopt;
      case 'W':
        out.Add({{0, '/'}, {':', '@'}, {'[', '^'}, {'`', '`'}, {'{', kLast}});
        return std::nullopt;
      case 'd':
        out.Add('0', '9');
        return std::nullopt;
      case 'D':
        out.Add({{0, '/'}, {':', kLast}});
        return std::nullopt;
      case 's':
        out.Add({{'\t', '\r'}, {' ', ' '}});
        return std::nullopt;
      case 'S':
        out.Add({{0, '\t' - 1}, {'\r' + 1, ' ' - 1}, {' ' + 1, kLast}});
        return std::nullopt;
      case 'p':
        Property(out);
        return std::nullopt;
      case 'u':
        return Hexadecimal(4);
      case 'x':
        return Hexadecimal(2);
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'n':
        return '\n';
      default:
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) Unknown({&c, 1});
        return static_cast<unsigned char>(c);
    }
  }

  void Property(CharacterClass& out) {
    const std::size_t end = rest_.find('}');
    if (rest_.empty() || rest_.front() != '{' || end == std::string_view::npos) Unknown("\\p");
    const std::string_view name = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (name == "Print") return out.Add(' ', '~');
    out.Add(0x80, kLast);
    if (name == "L") return out.Add({{'a', 'z'}, {'A', 'Z'}});
    if (name == "N") return out.Add('0', '9');
    if (name == "Z") return out.Add(' ', ' ');
    if (name == "S")
      return out.Add({{'$', '$'}, {'+', '+'}, {'<', '>'}, {'^', '^'}, {'`', '`'}, {'|', '|'}, {'~', '~'}});
    if (name == "M") return;
    if (name != "P") Unknown(name);
    out.Add({{'!', '#'},
             {'%', '*'},
             {',', '/'},
             {':', ';'},
             {'?', '@'},
             {'[', ']'},
             {'_', '_'},
             {'{', '{'},
             {'}', '}'}});
  }

  CodePoint Hexadecimal(std::size_t digits) {
    CodePoint point = 0;
    const char* end = rest_.data() + std::min(digits, rest_.size());
    if (std::from_chars(rest_.data(), end, point, 16).ptr != rest_.data() + digits) Unknown("digits");
    rest_.remove_prefix(digits);
    return point;
  }

  static constexpr std::size_t kUnbounded = static_cast<std::size_t>(-1);
  struct Count {
    std::size_t low;
    std::size_t high;
  };

  std::optional<Count> ReadCount() {
    if (Take('*')) return Count{0, kUnbounded};
    if (Take('+')) return Count{1, kUnbounded};
    if (Take('?')) return Count{0, 1};
    if (!Take('{')) return std::nullopt;
    const std::size_t low = Number();
    Count count{low, low};
    if (Take(',')) count.high = rest_.starts_with('}') ? kUnbounded : Number();
    if (!Take('}')) Unknown("open count");
    return count;
  }

  std::size_t Number() {
    std::size_t number = 0;
    const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (result.ec != std::errc{} || number > 10'000) Unknown("count");
    rest_.remove_prefix(static_cast<std::size_t>(result.ptr - rest_.data()));
    return number;
  }

  /// Repeats the atom whose steps begin at `start`.
  void Quantifier(std::size_t start) {
    const auto count = ReadCount();
    if (!count) return;
    if (!Take('?')) Take('+');  // lazy, possessive: the same answer for a whole match of our patterns
    const std::vector<Step> atom(steps.begin() + static_cast<std::ptrdiff_t>(start), steps.end());
    steps.resize(start);
    for (std::size_t i = 0; i < count->low; ++i) Append(atom, start);
    if (count->high == kUnbounded) {
      const std::size_t loop = steps.size();
      steps.push_back({Step::Kind::kSplit, 0, loop + 1, 0});
      Append(atom, start);
      steps.push_back({Step::Kind::kSplit, 0, loop, loop});
      steps[loop].other = steps.size();
      return;
    }
    std::vector<std::size_t> exits;
    for (std::size_t i = count->low; i < count->high; ++i) {
      exits.push_back(steps.size());
      steps.push_back({Step::Kind::kSplit, 0, steps.size() + 1, 0});
      Append(atom, start);
    }
    for (const std::size_t exit : exits) steps[exit].other = steps.size();
  }

  /// Appends a copy of steps that stood at `start`.
  void Append(const std::vector<Step>& atom, std::size_t start) {
    const std::size_t shift = steps.size() - start;
    for (Step step : atom) {
      step.next += shift;
      step.other += shift;
      steps.push_back(step);
    }
  }

  /// Puts a step before those at `where`, which move on by one.
  void Insert(std::size_t where, Step step) {
    for (std::size_t i = where; i < steps.size(); ++i) {
      ++steps[i].next;
      ++steps[i].other;
    }
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(where), step);
  }

  std::string_view rest_;
};

/// The steps that wait for a character, each once.
class States {
 public:
  explicit States(const std::vector<Step>& steps) : steps_(steps), seen_(steps.size(), false) {}

  void Enter(std::size_t start) {
    pending_.push_back(start);
    while (!pending_.empty()) {
      const std::size_t at = pending_.back();
      pending_.pop_back();
      if (seen_[at]) continue;
      seen_[at] = true;
      if (steps_[at].kind != Step::Kind::kSplit) {
        waiting.push_back(at);
      } else {
        pending_.push_back(steps_[at].other);
        pending_.push_back(steps_[at].next);
      }
    }
  }
  void Clear() {
    waiting.clear();
    seen_.assign(seen_.size(), false);
  }

  std::vector<std::size_t> waiting;

 private:
  const std::vector<Step>& steps_;
  std::vector<bool> seen_;
  std::vector<std::size_t> pending_;
};

/// A pattern made ready.
class Program {
 public:
  explicit Program(std::string_view pattern) {
    Compiler compiler(pattern);
    steps_ = std::move(compiler.steps);
    classes_ = std::move(compiler.classes);
    // "[class]+" and "[class]*", which most patterns are: loop or class and loop, split back, match.
    const bool plus = steps_.size() == 5 && steps_[0].kind == Step::Kind::kEat;
    const bool star = steps_.size() == 4 && steps_[0].kind == Step::Kind::kSplit;
    one_class_ = classes_.size() == 1 && (plus || star) && (pattern.ends_with('+') || pattern.ends_with('*'));
    may_be_empty_ = star;
    for (CodePoint c = 0; one_class_ && c < ascii_.size(); ++c) ascii_[c] = classes_[0].Has(c);
  }

  bool Matches(std::string_view text) const { return one_class_ ? AllOfClass(text) : Run(text); }

 private:
  bool AllOfClass(std::string_view text) const {
    if (text.empty()) return may_be_empty_;
    while (!text.empty()) {
      const CodePoint point = Next(text);
      if (!(point < ascii_.size() ? ascii_[point] : classes_[0].Has(point))) return false;
    }
    return true;
  }

  bool Run(std::string_view text) const {
    States now(steps_);
    States next(steps_);
    now.Enter(0);
    while (!text.empty()) {
      const CodePoint point = Next(text);
      next.Clear();
      for (const std::size_t at : now.waiting) {
        const Step& step = steps_[at];
        if (step.kind == Step::Kind::kEat && classes_[step.which].Has(point)) next.Enter(step.next);
      }
      if (next.waiting.empty()) return false;
      std::swap(now.waiting, next.waiting);
    }
    return std::ranges::any_of(now.waiting,
                               [&](std::size_t at) { return steps_[at].kind == Step::Kind::kMatch; });
  }

  std::vector<Step> steps_;
  std::vector<CharacterClass> classes_;
  bool one_class_ = false;
  bool may_be_empty_ = false;
  std::array<bool, 128> ascii_{};
};

}  // namespace

bool MatchesPattern(std::string_view pattern, std::string_view text) {
  // The tables hold a few dozen patterns; each thread makes those ready that it meets.
  thread_local std::map<std::string, Program, std::less<>> programs;
  auto found = programs.find(pattern);
  if (found == programs.end()) found = programs.emplace(pattern, Program(pattern)).first;
  return found->second.Matches(text);
}

}  // namespace cumulite::protocol
