#include "services/s3/router.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

using protocol::HeaderField;
using protocol::HttpRequest;

std::string Operation(std::string_view method, Level level, std::string_view query,
                      std::vector<HeaderField> headers = {}) {
  HttpRequest request;
  request.headers = headers;
  const auto params = protocol::ParseQuery(query);
  try {
    return std::string(FindRoute(method, level, *params, request).operation);
  } catch (const AwsError& error) {
    return std::string(error.kind().code);
  }
}

TEST(S3RouterTest, PlainRequests) {
  EXPECT_EQ(Operation("GET", Level::kService, ""), "ListBuckets");
  EXPECT_EQ(Operation("GET", Level::kBucket, ""), "ListObjects");
  EXPECT_EQ(Operation("GET", Level::kBucket, "list-type=2&prefix=a"), "ListObjectsV2");
  EXPECT_EQ(Operation("PUT", Level::kObject, ""), "PutObject");
  EXPECT_EQ(Operation("PUT", Level::kObject, "", {{"X-Amz-Copy-Source", "/b/k"}}), "CopyObject");
  EXPECT_EQ(Operation("PUT", Level::kObject, "partNumber=1&uploadId=x"), "UploadPart");
  EXPECT_EQ(Operation("PUT", Level::kObject, "uploadId=x&partNumber=1", {{"x-amz-copy-source", "/b/k"}}),
            "UploadPartCopy");
  EXPECT_EQ(Operation("GET", Level::kObject, "partNumber=2"), "GetObject");
}

TEST(S3RouterTest, SubResourceIsNeverAnsweredByThePlainOperation) {
  EXPECT_EQ(Operation("DELETE", Level::kBucket, "metrics&id=x"), "DeleteBucketMetricsConfiguration");
  EXPECT_EQ(Operation("PUT", Level::kObject, "encryption"), "UpdateObjectEncryption");
  EXPECT_EQ(Operation("PUT", Level::kObject, "policy"), "MethodNotAllowed");
  EXPECT_EQ(Operation("DELETE", Level::kBucket, "versioning"), "MethodNotAllowed");
  EXPECT_EQ(Operation("DELETE", Level::kBucket, "uploadId=x"), "MethodNotAllowed");
  EXPECT_EQ(Operation("PUT", Level::kBucket, "%61cl"), "PutBucketAcl") << "decoded before it is compared";
  EXPECT_EQ(Operation("PUT", Level::kObject, "uploadId=x"), "InvalidArgument");
  EXPECT_EQ(Operation("PUT", Level::kObject, "partNumber=1"), "InvalidArgument");
  EXPECT_EQ(Operation("PUT", Level::kObject, "partNumber=1", {{"x-amz-copy-source", "b/k"}}),
            "InvalidArgument");
  EXPECT_EQ(Operation("PUT", Level::kObject, "versionId=1"), "InvalidArgument");
  EXPECT_EQ(Operation("GET", Level::kBucket, "acl&policy"), "InvalidArgument");
  // No sub-resource of any level or method falls through to an operation without one.
  const std::set<std::string_view> methods{"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"};
  for (const Route& row : Routes()) {
    if (row.marker.empty()) continue;
    for (const std::string_view method : methods) {
      for (const Level level : {Level::kService, Level::kBucket, Level::kObject}) {
        const std::string found = Operation(method, level, row.marker);
        for (const Route& plain : Routes()) {
          if (!plain.marker.empty()) continue;
          EXPECT_NE(found, plain.operation) << method << " ?" << row.marker;
        }
      }
    }
  }
}

TEST(S3RouterTest, UnknownParametersChangeNothing) {
  EXPECT_EQ(Operation("GET", Level::kObject, "x-id=GetObject&foo"), "GetObject");
  EXPECT_EQ(Operation("PUT", Level::kObject, "X-Amz-Signature=1&aclx=1"), "PutObject");
  EXPECT_EQ(Operation("DELETE", Level::kBucket, "ACL"), "DeleteBucket") << "names are case-sensitive";
}

TEST(S3RouterTest, OtherMethodsAreNotAllowed) {
  EXPECT_EQ(Operation("POST", Level::kService, ""), "MethodNotAllowed");
  EXPECT_EQ(Operation("POST", Level::kObject, ""), "MethodNotAllowed");
  EXPECT_EQ(Operation("PATCH", Level::kBucket, ""), "MethodNotAllowed");
}

nlohmann::json Model(const std::string& name) {
  std::ifstream file("/usr/lib/python3/dist-packages/botocore/data/" + name + "/service-2.json");
  return file ? nlohmann::json::parse(file) : nlohmann::json();
}

// The same request under two names: botocore keeps the deprecated one beside today's.
const std::map<std::string, std::string> kRenamed{
    {"GetBucketLifecycle", "GetBucketLifecycleConfiguration"},
    {"PutBucketLifecycle", "PutBucketLifecycleConfiguration"},
    {"GetBucketNotification", "GetBucketNotificationConfiguration"},
    {"PutBucketNotification", "PutBucketNotificationConfiguration"},
};

TEST(S3RouterTest, EveryOperationOfTheServiceModelIsRoutedToItsName) {
  const nlohmann::json model = Model("s3/2006-03-01");
  if (model.is_null()) GTEST_SKIP() << "python3-botocore is not installed";
  std::set<std::string> seen;
  for (const auto& [name, operation] : model["operations"].items()) {
    const std::string uri = operation["http"]["requestUri"];
    const std::string path = uri.substr(0, uri.find('?'));
    std::string query = uri.find('?') == std::string::npos ? "" : uri.substr(uri.find('?') + 1);
    std::vector<std::string> names;
    const auto& input =
        operation.contains("input") ? model["shapes"][operation["input"]["shape"]] : nlohmann::json::object();
    for (const auto& member : input.value("required", nlohmann::json::array())) {
      const auto& shape = input["members"][member.get<std::string>()];
      if (shape.value("location", "") == "querystring") {
        query += "&" + shape["locationName"].get<std::string>() + "=1";
      } else if (shape.value("location", "") == "header") {
        names.push_back(shape["locationName"]);
      }
    }
    std::vector<HeaderField> headers;
    for (const std::string& header : names) headers.push_back({header, "x"});
    const Level level = path == "/"                                ? Level::kService
                        : path.find("{Key+}") == std::string::npos ? Level::kBucket
                                                                   : Level::kObject;
    const std::string method = operation["http"]["method"];
    const auto renamed = kRenamed.find(name);
    EXPECT_EQ(Operation(method, level, query, headers), renamed == kRenamed.end() ? name : renamed->second)
        << method << " " << uri;
    seen.insert(name);
  }
  EXPECT_GT(seen.size(), 90u);
}

TEST(S3RouterTest, NamesOfNewerOperations) {
  EXPECT_EQ(Operation("GET", Level::kBucket, "session"), "CreateSession");
  EXPECT_EQ(Operation("GET", Level::kService, "max-directory-buckets=5"), "ListDirectoryBuckets");
  EXPECT_EQ(Operation("PUT", Level::kObject, "renameObject"), "RenameObject");
  EXPECT_EQ(Operation("PUT", Level::kBucket, "metadataInventoryTable"),
            "UpdateBucketMetadataInventoryTableConfiguration");
  EXPECT_EQ(Operation("POST", Level::kBucket, "metadataTable"), "CreateBucketMetadataTableConfiguration");
  EXPECT_EQ(Operation("POST", Level::kBucket, ""), "PostObject");
}

TEST(S3RouterTest, EveryControlOperationOfTheServiceModelIsNamed) {
  const nlohmann::json model = Model("s3control/2018-08-20");
  if (model.is_null()) GTEST_SKIP() << "python3-botocore is not installed";
  for (const auto& [name, operation] : model["operations"].items()) {
    std::string path = operation["http"]["requestUri"];
    for (std::size_t at; (at = path.find('{')) != std::string::npos;) {
      path.replace(at, path.find('}') - at + 1, "x:1");
    }
    EXPECT_EQ(ControlOperation(std::string(operation["http"]["method"]), path), name) << path;
  }
  EXPECT_EQ(ControlOperation("GET", "/v20180820/tags/arn:aws:s3:::bucket%2Fx/y"), "ListTagsForResource");
  EXPECT_EQ(ControlOperation("GET", "/v20180820/nothing"), "");
  EXPECT_EQ(ControlOperation("GET", "/bucket"), "");
}

}  // namespace
}  // namespace cumulite::s3
