#include "protocol/policy_edit.h"

#include <simdjson.h>

#include <vector>

#include "protocol/arn.h"
#include "protocol/json_writer.h"

namespace cumulite::protocol {
namespace {
namespace dom = simdjson::dom;

/// The statements of a stored policy, each as its Sid and its text; what stands around them.
struct Document {
  struct Statement {
    std::string sid;
    std::string text;
  };
  std::vector<std::pair<std::string, std::string>> other;  // members before Statement, as JSON
  std::vector<Statement> statements;
};

void AddStatementOf(dom::element element, Document& document) {
  std::string_view sid;
  if (element["Sid"].get(sid) != simdjson::SUCCESS) sid = {};
  document.statements.push_back({std::string(sid), simdjson::minify(element)});
}

Document Read(std::string_view policy) {
  Document document;
  dom::parser parser;
  dom::object object;
  if (parser.parse(policy.data(), policy.size()).get(object) != simdjson::SUCCESS) return document;
  for (const auto& [key, value] : object) {
    if (key != "Statement") {
      document.other.emplace_back(std::string(key), simdjson::minify(value));
    } else if (value.is_array()) {
      for (const dom::element item : dom::array(value)) AddStatementOf(item, document);
    } else {
      AddStatementOf(value, document);
    }
  }
  return document;
}

std::string Write(const Document& document) {
  std::string text;
  JsonWriter json(text);
  json.OpenObject();
  for (const auto& [key, value] : document.other) {
    json.Key(key);
    json.Value() += value;
  }
  json.Key("Statement");
  json.OpenArray();
  for (const auto& statement : document.statements) json.Value() += statement.text;
  json.CloseArray();
  json.CloseObject();
  return text;
}

template <class Text>
void WriteOneOrMany(JsonWriter& json, std::span<const std::string> items, Text text) {
  if (items.size() == 1) return json.String(text(items.front()));
  json.OpenArray();
  for (const std::string& item : items) json.String(text(item));
  json.CloseArray();
}

std::string Write(const PermissionStatement& statement) {
  std::string text;
  JsonWriter json(text);
  json.OpenObject();
  json.Key("Sid");
  json.String(statement.label);
  json.Key("Effect");
  json.String("Allow");
  json.Key("Principal");
  json.OpenObject();
  json.Key("AWS");
  const auto resource = ParseArn(statement.resource);
  const std::string_view partition = resource ? resource->partition : "aws";
  WriteOneOrMany(json, statement.accounts, [partition](const std::string& account) {
    return FormatGlobalArn(partition, "iam", account, "root");
  });
  json.CloseObject();
  json.Key("Action");
  WriteOneOrMany(json, statement.actions, [](const std::string& action) { return action; });
  json.Key("Resource");
  json.String(statement.resource);
  json.CloseObject();
  return text;
}

}  // namespace

bool HasStatement(std::string_view policy, std::string_view label) {
  for (const auto& statement : Read(policy).statements) {
    if (statement.sid == label) return true;
  }
  return false;
}

std::string AddStatement(std::string_view policy, std::string_view id, const PermissionStatement& statement) {
  Document document = Read(policy);
  if (document.other.empty() && document.statements.empty()) {
    std::string quoted_id;
    AppendJsonString(quoted_id, id);
    document.other = {{"Version", "\"2008-10-17\""}, {"Id", quoted_id}};
  }
  document.statements.push_back({std::string(statement.label), Write(statement)});
  return Write(document);
}

std::optional<std::string> RemoveStatement(std::string_view policy, std::string_view label) {
  Document document = Read(policy);
  const std::size_t removed =
      std::erase_if(document.statements, [label](const auto& statement) { return statement.sid == label; });
  if (removed == 0) return std::nullopt;
  return document.statements.empty() ? std::string() : Write(document);
}

std::optional<std::string> CompactJsonObject(std::string_view text) {
  dom::parser parser;
  dom::object object;
  if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) return std::nullopt;
  return simdjson::minify(object);
}

}  // namespace cumulite::protocol
