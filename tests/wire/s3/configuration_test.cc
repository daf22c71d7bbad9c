#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

struct Document {
  std::string kind;
  std::string text;
  std::string absent;  // the error of a GET when there is none
};

const std::vector<Document> kDocuments{
    {"cors",
     "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></"
     "CORSRule>"
     "</CORSConfiguration>",
     "NoSuchCORSConfiguration"},
    {"website",
     "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></"
     "WebsiteConfiguration>",
     "NoSuchWebsiteConfiguration"},
    {"lifecycle",
     "<LifecycleConfiguration><Rule><Expiration><Days>3</Days></Expiration><ID>a</ID><Filter><Prefix>x</"
     "Prefix>"
     "</Filter><Status>Enabled</Status></Rule></LifecycleConfiguration>",
     "NoSuchLifecycleConfiguration"},
    {"tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>",
     "NoSuchTagSet"},
    {"ownershipControls",
     "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>",
     "OwnershipControlsNotFoundError"},
    {"publicAccessBlock",
     "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></"
     "PublicAccessBlockConfiguration>",
     "NoSuchPublicAccessBlockConfiguration"},
    {"policy",
     R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",)"
     R"("Resource":"arn:aws:s3:::bucket/*"}})",
     "NoSuchBucketPolicy"},
    {"replication",
     "<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/r</Role><Rule><ID>r</ID><Prefix></"
     "Prefix>"
     "<Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::bucket</Bucket></Destination></Rule>"
     "</ReplicationConfiguration>",
     "ReplicationConfigurationNotFoundError"},
    {"metrics&id=m", "<MetricsConfiguration><Id>m</Id></MetricsConfiguration>", "NoSuchConfiguration"},
    {"analytics&id=a",
     "<AnalyticsConfiguration><Id>a</Id><StorageClassAnalysis></StorageClassAnalysis></"
     "AnalyticsConfiguration>",
     "NoSuchConfiguration"},
};

/// Without the declaration and the namespace.
std::string Bare(std::string text) {
  const std::size_t start = text.find("?>\n");
  if (start != std::string::npos) text.erase(0, start + 3);
  const std::string name = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
  const std::size_t at = text.find(name);
  return at == std::string::npos ? text : text.erase(at, name.size());
}

TEST_F(S3WireTest, DocumentsAreKeptAndDeleted) {
  Put("/bucket?versioning",
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");  // for replication
  for (const Document& document : kDocuments) {
    const std::string target = "/bucket?" + document.kind;
    EXPECT_EQ(Delete(target).status / 100, document.kind.find('=') == std::string::npos ? 2 : 4);
    ExpectError(Get(target), 404, document.absent);
    const Reply put = Put(target, document.text);
    EXPECT_EQ(put.status / 100, 2) << target << put.body;
    const std::string root = document.text.substr(0, document.text.find('>'));
    EXPECT_EQ(Bare(Get(target).body).substr(0, root.size()), root);
  }
  RestartServer();
  for (const Document& document : kDocuments) {
    const std::string target = "/bucket?" + document.kind;
    const std::string kept = Bare(Get(target).body);
    EXPECT_GE(kept.size(), document.text.size()) << kept;
    ExpectError(Put(target, "<Nonsense/>"), 400,
                document.kind == "policy" ? "MalformedPolicy" : "MalformedXML");
    EXPECT_EQ(Bare(Get(target).body), kept) << "what is refused changes nothing";
    EXPECT_EQ(Delete(target).status, 204);
    ExpectError(Get(target), 404, document.absent);
  }
}

TEST_F(S3WireTest, WhatHoldsUntilItIsToldOtherwise) {
  EXPECT_EQ(Element(Get("/bucket?encryption").body, "SSEAlgorithm"), "AES256");
  EXPECT_EQ(Element(Get("/bucket?requestPayment").body, "Payer"), "BucketOwner");
  EXPECT_EQ(Element(Get("/bucket?ownershipControls").body, "ObjectOwnership"), "BucketOwnerEnforced");
  EXPECT_EQ(Element(Get("/bucket?publicAccessBlock").body, "RestrictPublicBuckets"), "true");
  for (const std::string kind : {"accelerate", "logging", "notification"}) {
    EXPECT_EQ(Get("/bucket?" + kind).status, 200) << kind;
  }
  ExpectError(Get("/nothing?cors"), 404, "NoSuchBucket");
}

TEST_F(S3WireTest, AnIdLeadsToOneOfMany) {
  for (const std::string id : {"b", "a"}) {
    EXPECT_EQ(
        Put("/bucket?metrics&id=" + id, "<MetricsConfiguration><Id>" + id + "</Id></MetricsConfiguration>")
            .status,
        200);
  }
  ExpectError(Put("/bucket?metrics&id=a", "<MetricsConfiguration><Id>b</Id></MetricsConfiguration>"), 400,
              "InvalidArgument");
  EXPECT_EQ(Elements(Get("/bucket?metrics").body, "Id"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(Element(Get("/bucket?metrics").body, "IsTruncated"), "false");
  EXPECT_EQ(Delete("/bucket?metrics&id=a").status, 204);
  ExpectError(Delete("/bucket?metrics&id=a"), 404, "NoSuchConfiguration");
  EXPECT_EQ(Elements(Get("/bucket?metrics").body, "Id"), std::vector<std::string>{"b"});
}

TEST_F(S3WireTest, LifecycleRulesAreCheckedAndCompleted) {
  const auto put = [&](const std::string& rule, Headers headers = {}) {
    return Put("/bucket?lifecycle", "<LifecycleConfiguration>" + rule + "</LifecycleConfiguration>",
               std::move(headers));
  };
  const auto rule = [](const std::string& inside) {
    return "<Rule><Prefix></Prefix><Status>Enabled</Status>" + inside + "</Rule>";
  };
  const std::string expire = "<Expiration><Days>1</Days></Expiration>";
  const Reply kept =
      put(rule(expire), {{"x-amz-transition-default-minimum-object-size", "varies_by_storage_class"}});
  EXPECT_EQ(kept.status, 200) << kept.body;
  const Reply read = Get("/bucket?lifecycle");
  EXPECT_EQ(read.Header("x-amz-transition-default-minimum-object-size"), "varies_by_storage_class");
  EXPECT_FALSE(Element(read.body, "ID").empty());
  EXPECT_NE(read.body.find("<Prefix></Prefix>"), std::string::npos);
  ExpectError(put(rule("")), 400, "InvalidRequest");
  ExpectError(put(rule("<Expiration><Days>0</Days></Expiration>")), 400, "InvalidArgument");
  ExpectError(put(rule("<Expiration><Date>2030-01-01T01:00:00Z</Date></Expiration>")), 400,
              "InvalidArgument");
  ExpectError(put(rule("<ID>x</ID>" + expire) + rule("<ID>x</ID>" + expire)), 400, "InvalidArgument");
  ExpectError(put(rule("<ID>" + std::string(256, 'x') + "</ID>" + expire)), 400, "InvalidArgument");
  ExpectError(put("<Rule><Status>Enabled</Status>" + expire + "</Rule>"), 400, "MalformedXML");
  ExpectError(put("<Rule><Filter><Prefix>a</Prefix></Filter><Prefix>a</Prefix><Status>Enabled</Status>" +
                  expire + "</Rule>"),
              400, "MalformedXML");
  ExpectError(put("<Rule><Prefix></Prefix><Status>enabled</Status>" + expire + "</Rule>"), 400,
              "MalformedXML");
  EXPECT_EQ(put("<Rule><Filter><And><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter>"
                "<Status>Disabled</Status>" +
                expire + "</Rule>")
                .status,
            200);
  EXPECT_EQ(Element(Get("/bucket?lifecycle").body, "Key"), "k");
}

TEST_F(S3WireTest, NotificationsGoOnlyWhereSomebodyIs) {
  const auto put = [&](const std::string& arn, const std::string& more = {}, Headers headers = {}) {
    return Put("/bucket?notification",
               "<NotificationConfiguration><QueueConfiguration><Queue>" + arn +
                   "</Queue><Event>s3:ObjectCreated:*</Event>" + more +
                   "</QueueConfiguration></NotificationConfiguration>",
               std::move(headers));
  };
  const std::string arn = "arn:aws:sqs:us-east-1:000000000000:q";
  ExpectError(put(arn), 400, "InvalidArgument");
  EXPECT_EQ(Query("Action=CreateQueue&Version=2012-11-05&QueueName=q").status, 200);
  EXPECT_EQ(put(arn).status, 200);
  const Reply received =
      Query("Action=ReceiveMessage&Version=2012-11-05&QueueUrl=http://localhost/000000000000/q");
  EXPECT_NE(received.body.find("s3:TestEvent"), std::string::npos) << received.body;
  EXPECT_EQ(Element(Get("/bucket?notification").body, "Queue"), arn);
  ExpectError(put("arn:aws:sns:us-east-1:000000000000:t"), 400, "InvalidArgument");
  ExpectError(put(arn, "<Event>s3:Nothing</Event>"), 400, "InvalidArgument");
  ExpectError(
      put(arn, "<Filter><S3Key><FilterRule><Name>infix</Name><Value>x</Value></FilterRule></S3Key></Filter>"),
      400, "InvalidArgument");
  EXPECT_EQ(
      put("arn:aws:sqs:us-east-1:000000000000:none", "", {{"x-amz-skip-destination-validation", "true"}})
          .status,
      200);
  EXPECT_EQ(Put("/bucket?notification", "<NotificationConfiguration/>").status, 200);
  EXPECT_EQ(Element(Get("/bucket?notification").body, "Queue"), "");
}

TEST_F(S3WireTest, AclDocumentsAreChecked) {
  Put("/acls", "", {{"x-amz-object-ownership", "ObjectWriter"}});
  const std::string owner = Element(Get("/acls?acl").body, "ID");
  const auto document = [](const std::string& of, std::size_t grants) {
    std::string text = "<AccessControlPolicy><Owner><ID>" + of + "</ID></Owner><AccessControlList>";
    for (std::size_t i = 0; i < grants; ++i) {
      text +=
          "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
          "xsi:type=\"CanonicalUser\"><ID>" +
          std::string(64, 'a') + "</ID></Grantee><Permission>READ</Permission></Grant>";
    }
    return text + "</AccessControlList></AccessControlPolicy>";
  };
  EXPECT_EQ(Put("/acls?acl", document(owner, 100)).status, 200);
  ExpectError(Put("/acls?acl", document(owner, 101)), 400, "MalformedACLError");
  ExpectError(Put("/acls?acl", document(std::string(64, 'b'), 1)), 403, "AccessDenied");
}

TEST_F(S3WireTest, TheDefaultEncryptionOfABucketIsApplied) {
  const std::string kms =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
      "<SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
      "</ServerSideEncryptionConfiguration>";
  EXPECT_EQ(Put("/bucket?encryption", kms).status, 200);
  EXPECT_EQ(Put("/bucket/k", "x").Header("x-amz-server-side-encryption"), "aws:kms");
  EXPECT_EQ(Get("/bucket/k").Header("x-amz-server-side-encryption"), "aws:kms");
}

TEST_F(S3WireTest, BucketAcls) {
  EXPECT_EQ(Element(Get("/bucket?acl").body, "Permission"), "FULL_CONTROL");
  ExpectError(Put("/bucket?acl", "", {{"x-amz-acl", "public-read"}}), 400, "AccessControlListNotSupported");
  EXPECT_EQ(Put("/bucket?acl", "", {{"x-amz-acl", "bucket-owner-full-control"}}).status, 200);
  Put("/acls", "", {{"x-amz-object-ownership", "ObjectWriter"}});
  ExpectError(Put("/acls?acl", "", {{"x-amz-acl", "public-read"}}), 403, "AccessDenied");
  EXPECT_EQ(Delete("/acls?publicAccessBlock").status, 204);
  EXPECT_EQ(Put("/acls?acl", "", {{"x-amz-acl", "public-read-write"}}).status, 200);
  const std::string acl = Bare(Get("/acls?acl").body);
  EXPECT_EQ(Elements(acl, "Permission"), (std::vector<std::string>{"FULL_CONTROL", "READ", "WRITE"}));
  EXPECT_NE(acl.find("xsi:type=\"Group\""), std::string::npos);
  EXPECT_EQ(Put("/acls?acl", "", {{"x-amz-acl", "private"}}).status, 200);
  EXPECT_EQ(Put("/acls?acl", acl).status, 200) << "what was read can be put back";
  EXPECT_EQ(Bare(Get("/acls?acl").body), acl);
  ExpectError(Put("/acls?acl", "", {{"x-amz-acl", "nonsense"}}), 400, "InvalidArgument");
  ExpectError(Put("/acls?acl", "", {{"x-amz-acl", "private"}, {"x-amz-grant-read", "id=\"x\""}}), 400,
              "InvalidRequest");
  ExpectError(Put("/acls?acl", "", {{"x-amz-grant-read", "uri=\"http://nowhere\""}}), 400, "InvalidArgument");
  ExpectError(Put("/acls?acl", "", {{"x-amz-grant-read", "emailAddress=\"a@b\""}}), 400,
              "UnresolvableGrantByEmailAddress");
  ExpectError(Put("/acls?acl", "<AccessControlPolicy/>"), 400, "MalformedACLError");
  ExpectError(Put("/acls?ownershipControls",
                  "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
                  "</OwnershipControls>"),
              400, "InvalidBucketAclWithObjectOwnership");
}

TEST_F(S3WireTest, PagesAreToldWhatTheyMayDo) {
  const Headers page{{"Origin", "https://app.example"}, {"Access-Control-Request-Method", "PUT"}};
  ExpectError(Request("OPTIONS", "/bucket/k", {}, page), 403, "AccessForbidden");
  EXPECT_EQ(
      Put("/bucket?cors",
          "<CORSConfiguration><CORSRule><AllowedMethod>PUT</AllowedMethod>"
          "<AllowedOrigin>https://*.example</AllowedOrigin><AllowedHeader>x-amz-*</AllowedHeader>"
          "<ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>30</MaxAgeSeconds></CORSRule></CORSConfiguration>")
          .status,
      200);
  Headers asked = page;
  asked.emplace_back("Access-Control-Request-Headers", "X-Amz-Date");
  const Reply preflight = Request("OPTIONS", "/bucket/k", {}, asked);
  EXPECT_EQ(preflight.status, 200) << preflight.body;
  EXPECT_EQ(preflight.Header("Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_EQ(preflight.Header("Access-Control-Allow-Headers"), "x-amz-date");
  EXPECT_EQ(preflight.Header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(preflight.Header("Access-Control-Max-Age"), "30");
  asked.back().second = "x-other";
  ExpectError(Request("OPTIONS", "/bucket/k", {}, asked), 403, "AccessForbidden");
  EXPECT_EQ(
      Put("/bucket/k", "x", {{"Origin", "https://app.example"}}).Header("Access-Control-Expose-Headers"),
      "ETag");
  EXPECT_EQ(Put("/bucket/k", "x", {{"Origin", "https://app.other"}}).Header("Access-Control-Allow-Origin"),
            "");
  const Reply refused = Put("/bucket/k?policy", "x", {{"Origin", "https://app.example"}});
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.Header("Access-Control-Allow-Origin"), "https://app.example") << "errors, too";
}

TEST_F(S3WireTest, MetadataConfigurationsAreKept) {
  const std::string expiring =
      "<RecordExpiration><Expiration>ENABLED</Expiration><Days>10</Days></RecordExpiration>";
  const std::string journal = "<JournalTableConfiguration>" + expiring + "</JournalTableConfiguration>";
  const std::string wanted = "<MetadataConfiguration>" + journal + "</MetadataConfiguration>";
  ExpectError(Get("/bucket?metadataConfiguration"), 404, "MetadataConfigurationNotFound");
  ExpectError(Put("/bucket?metadataJournalTable", journal), 404, "MetadataConfigurationNotFound");
  ExpectError(Post("/bucket?metadataConfiguration", "<MetadataConfiguration/>"), 400, "MalformedXML");
  for (const std::string_view expiration :
       {"<Expiration>ENABLED</Expiration>", "<Expiration>DISABLED</Expiration><Days>10</Days>",
        "<Expiration>ON</Expiration>"}) {
    ExpectError(Post("/bucket?metadataConfiguration",
                     "<MetadataConfiguration><JournalTableConfiguration><RecordExpiration>" +
                         std::string(expiration) +
                         "</RecordExpiration></JournalTableConfiguration></MetadataConfiguration>"),
                400, "MalformedXML");
  }
  ASSERT_EQ(Post("/bucket?metadataConfiguration", wanted).status, 200);
  ExpectError(Post("/bucket?metadataConfiguration", wanted), 409, "InvalidBucketState");
  std::string told = Get("/bucket?metadataConfiguration").body;
  EXPECT_EQ(Element(told, "Days"), "10");
  EXPECT_EQ(Element(told, "TableNamespace"), "b_bucket");
  EXPECT_EQ(Elements(told, "TableName"), std::vector<std::string>{"journal"});
  EXPECT_EQ(Put("/bucket?metadataInventoryTable",
                "<InventoryTableConfiguration><ConfigurationState>ENABLED</ConfigurationState>"
                "</InventoryTableConfiguration>")
                .status,
            200);
  EXPECT_EQ(
      Put("/bucket?metadataJournalTable",
          "<JournalTableConfiguration><RecordExpiration><Expiration>DISABLED</Expiration></RecordExpiration>"
          "</JournalTableConfiguration>")
          .status,
      200);
  told = Get("/bucket?metadataConfiguration").body;
  EXPECT_EQ(Elements(told, "TableName"), (std::vector<std::string>{"journal", "inventory"}));
  EXPECT_EQ(Element(told, "Expiration"), "DISABLED");
  ExpectError(Get("/bucket?metadataTable"), 404, "MetadataConfigurationNotFound");
  EXPECT_EQ(Delete("/bucket?metadataConfiguration").status, 204);
  EXPECT_EQ(
      Post("/bucket?metadataTable",
           "<MetadataTableConfiguration><S3TablesDestination><TableBucketArn>arn:aws:s3tables:us-east-1:"
           "000000000000:bucket/b</TableBucketArn><TableName>t</TableName></S3TablesDestination>"
           "</MetadataTableConfiguration>")
          .status,
      200);
  EXPECT_EQ(Element(Get("/bucket?metadataTable").body, "TableNamespace"), "aws_s3_metadata");
  EXPECT_EQ(Delete("/bucket?metadataTable").status, 204);
}

}  // namespace
}  // namespace cumulite::testing
