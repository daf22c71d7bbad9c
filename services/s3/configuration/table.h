#pragma once
#include <span>
#include <string>
#include <string_view>

#include "services/s3/call.h"

namespace cumulite::s3 {

/// A sub-resource of a bucket that is a document: one row serves its Get, Put, Delete and List.
struct ConfigurationRow {
  std::string_view kind;  // the query parameter that names it, and its name in the store
  std::string_view root;  // the element that its document is
  /// Reads what was sent, checks and completes it, and gives the text that a GET answers.
  /// Errors: MalformedXML and those of configuration/rules.h.
  std::string (*read)(const Call& call, const Bucket& bucket, const ConfigurationRow& row,
                      std::string_view document);
  const ErrorKind* absent = nullptr;  // what a GET answers when there is none,
  std::string_view words = {};
  std::string_view otherwise = {};  // or the text that is answered then
  int put_status = 200;
  std::string_view list_root = {};  // of those that a bucket has many of, by id
};

std::span<const ConfigurationRow> ConfigurationTable();

/// The row that a request's query names; the router has found the operation by it.
const ConfigurationRow& RowOf(const Call& call);

}  // namespace cumulite::s3
