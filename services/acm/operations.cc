#include <array>
#include <string_view>

#include "services/acm/acm_service.h"
#include "services/acm/errors.h"
#include "services/acm/operations/certificate_options.h"
#include "services/acm/operations/certificate_tags.h"
#include "services/acm/operations/delete_certificate.h"
#include "services/acm/operations/describe_certificate.h"
#include "services/acm/operations/get_certificate.h"
#include "services/acm/operations/import_certificate.h"
#include "services/acm/operations/list_certificates.h"
#include "services/acm/operations/request_certificate.h"

namespace cumulite::acm {
namespace {
using protocol::Operation;

constexpr std::array kOperations{
    Operation::Of<&AddTagsToCertificate>("AddTagsToCertificate"),
    Operation::Of<&DeleteCertificate>("DeleteCertificate"),
    Operation::Of<&DescribeCertificate>("DescribeCertificate"),
    Operation::Of<&GetCertificate>("GetCertificate"),
    Operation::Of<&ImportCertificate>("ImportCertificate"),
    Operation::Of<&ListCertificates>("ListCertificates"),
    Operation::Of<&ListTagsForCertificate>("ListTagsForCertificate"),
    Operation::Of<&RemoveTagsFromCertificate>("RemoveTagsFromCertificate"),
    Operation::Of<&RequestCertificate>("RequestCertificate"),
    Operation::Of<&ResendValidationEmail>("ResendValidationEmail"),
    Operation::Of<&UpdateCertificateOptions>("UpdateCertificateOptions"),
};

constexpr std::string_view kNotBuilt[] = {"ExportCertificate", "GetAccountConfiguration",
                                          "PutAccountConfiguration", "RenewCertificate", "RevokeCertificate"};

/// A chain of 2 MiB in base64, and what stands around it.
constexpr std::size_t kBodyLimit = 4U << 20U;

}  // namespace

const protocol::RpcModel kModel{
    .service = "acm",
    .json_target = "CertificateManager",
    .json_version = "1.1",
    .json_namespace = "com.amazonaws.acm",
    .query_version = {},
    .xml_namespace = {},
    .operations = kOperations,
    .not_built = kNotBuilt,
    .body_limit = kBodyLimit,
    .explain = &Explain,
};

}  // namespace cumulite::acm
