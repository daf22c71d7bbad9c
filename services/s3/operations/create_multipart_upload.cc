#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"
#include "services/s3/object_headers.h"
#include "services/s3/operations/multipart_upload.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {

runtime::Task<void> CreateMultipartUpload(Call& call) {
  CheckHeaders(call.request(), Access::kWrite);
  const BucketPtr bucket = call.OwnedBucket();
  Upload upload;
  upload.key = call.key();
  upload.account = call.identity().account;
  upload.initiated = call.Now();
  upload.headers = ObjectHeaders(call.request());
  upload.attributes = ReadAttributeHeaders(call, *bucket);
  upload.attributes.encryption = ReadEncryption(call, *bucket).encryption;
  upload.checksum =
      ChooseUploadChecksum(call.Header("x-amz-checksum-algorithm"), call.Header("x-amz-checksum-type"));
  co_await call.s3.uploads().Create(*bucket, upload);

  AddEncryptionHeaders(call.response(), upload.attributes.encryption);
  if (upload.checksum.asked) {
    call.response().AddHeader("x-amz-checksum-algorithm", protocol::ChecksumName(upload.checksum.algorithm));
    call.response().AddHeader("x-amz-checksum-type", ToString(upload.checksum.type));
  }
  XmlAnswer xml(call, "InitiateMultipartUploadResult");
  xml.Element("Bucket", bucket->name);
  xml.Element("Key", call.key());
  xml.Element("UploadId", upload.id);
}

}  // namespace cumulite::s3
