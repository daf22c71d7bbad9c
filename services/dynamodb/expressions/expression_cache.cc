#include "services/dynamodb/expressions/expression_cache.h"

#include <array>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "services/dynamodb/expressions/parser.h"

namespace cumulite::dynamodb {

class ExpressionCache::Impl {
 public:
  std::shared_ptr<const SyntaxTree> Find(ExpressionKind kind, std::string_view text) {
    const std::lock_guard lock(mutex_);
    Kept& kept = kept_[static_cast<std::size_t>(kind)];
    if (const auto found = kept.young.find(text); found != kept.young.end()) return found->second;
    const auto found = kept.old.find(text);
    if (found == kept.old.end()) return nullptr;
    auto tree = found->second;
    kept.old.erase(found);
    Keep(kept, tree);
    return tree;
  }

  void Add(ExpressionKind kind, const std::shared_ptr<const SyntaxTree>& tree) {
    const std::lock_guard lock(mutex_);
    Keep(kept_[static_cast<std::size_t>(kind)], tree);
  }

 private:
  // A tree can take thirty times the memory of its text.
  static constexpr std::size_t kMaxBytes = 64 << 10;
  static constexpr std::size_t kMaxTrees = 512;

  /// Two generations: when the young one is full the old one goes, and what is asked for becomes young again.
  struct Kept {
    using Trees =
        std::unordered_map<std::string_view, std::shared_ptr<const SyntaxTree>>;  // by their own text
    Trees young;
    Trees old;
    std::size_t young_bytes = 0;
  };

  static void Keep(Kept& kept, const std::shared_ptr<const SyntaxTree>& tree) {
    if (kept.young.size() >= kMaxTrees || kept.young_bytes + tree->text.size() > kMaxBytes) {
      kept.old = std::exchange(kept.young, {});
      kept.young_bytes = 0;
    }
    if (kept.young.try_emplace(tree->text, tree).second) kept.young_bytes += tree->text.size();
  }

  std::mutex mutex_;
  std::array<Kept, 5> kept_;
};

ExpressionCache::ExpressionCache() : impl_(std::make_unique<Impl>()) {}
ExpressionCache::~ExpressionCache() = default;

std::shared_ptr<const SyntaxTree> ExpressionCache::Parse(ExpressionKind kind, std::string_view text) {
  if (auto known = impl_->Find(kind, text)) return known;
  auto tree = ParseExpression(kind, text);
  impl_->Add(kind, tree);
  return tree;
}

}  // namespace cumulite::dynamodb
