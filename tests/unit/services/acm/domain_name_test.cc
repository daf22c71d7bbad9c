#include "services/acm/domain_name.h"

namespace cumulite::acm {
namespace {

TEST(DomainNameTest, HasTwoLabelsAndPerhapsAWildcard) {
  EXPECT_TRUE(IsDomainName("example.com"));
  EXPECT_TRUE(IsDomainName("*.a-b.example.com"));
  EXPECT_TRUE(IsDomainName(std::string(63, 'a') + ".de"));
  for (const char* wrong :
       {"", "localhost", "*", "*.com", "a..b", "-a.com", "a-.com", "a.c", "a.*.com", "a.com."}) {
    EXPECT_FALSE(IsDomainName(wrong)) << wrong;
  }
  EXPECT_FALSE(IsDomainName(std::string(64, 'a') + ".de"));
}

}  // namespace
}  // namespace cumulite::acm
