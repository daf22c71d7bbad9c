#include "services/ec2/operations/addresses.h"

#include <set>

#include "base/ids.h"
#include "services/ec2/access.h"
#include "services/ec2/default_network.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/lookup.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members AllocateAddressRequest::Describe() {
  using T = AllocateAddressRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::domain>("Domain"),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members AllocateAddressResponse::Describe() {
  using T = AllocateAddressResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::allocation_id>("AllocationId").InQuery("allocationId"),
      Wire<&T::public_ipv4_pool>("PublicIpv4Pool").InQuery("publicIpv4Pool"),
      Wire<&T::network_border_group>("NetworkBorderGroup").InQuery("networkBorderGroup"),
      Wire<&T::domain>("Domain").InQuery("domain"),
      Wire<&T::public_ip>("PublicIp").InQuery("publicIp"),
  };
  return kMembers;
}

protocol::Members DescribeAddressesRequest::Describe() {
  using T = DescribeAddressesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::public_ips>("PublicIps").InQuery("PublicIp"),
      Wire<&T::allocation_ids>("AllocationIds").InQuery("AllocationId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
  };
  return kMembers;
}

protocol::Members DescribeAddressesResponse::Describe() {
  using T = DescribeAddressesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::addresses>("Addresses").InQuery("addressesSet").Items("item").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ReleaseAddressRequest::Describe() {
  using T = ReleaseAddressRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::allocation_id>("AllocationId"),
      Wire<&T::public_ip>("PublicIp"),
  };
  return kMembers;
}

protocol::Members ReleaseAddressResponse::Describe() {
  using T = ReleaseAddressResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

namespace {

FilterValues AddressFilterValues(const Address& address, std::string_view name) {
  if (name == "allocation-id") return One(address.allocation_id);
  if (name == "public-ip") return One(address.public_ip);
  if (name == "domain") return One(address.domain);
  if (name == "association-id") return One(address.association_id);
  if (name == "instance-id") return One(address.instance_id);
  if (name == "network-interface-id") return One(address.network_interface_id);
  if (name == "private-ip-address") return One(address.private_ip_address);
  if (name == "network-border-group") return One(address.network_border_group);
  return std::nullopt;
}

/// Of 198.18.0.0/15, which the Internet has not (RFC 2544).
std::string RandomAddress() {
  const auto bytes = base::RandomBytes();
  const auto number = [&](std::size_t i) { return std::to_string(std::to_integer<unsigned>(bytes[i])); };
  return "198." + std::to_string(18 + (std::to_integer<unsigned>(bytes[0]) & 1U)) + "." + number(1) + "." +
         number(2);
}

template <class Queries>
Address OpenAddress(const Queries& queries, const Owner& owner, const std::optional<std::string>& id,
                    const std::optional<std::string>& ip) {
  if (id) return Open<Address>(queries, owner, *id);
  if (!ip) throw AwsError(kMissingParameter, "The request must contain the parameter allocationId");
  for (Address& address : queries.template All<Address>(owner)) {
    if (address.public_ip == ip) return std::move(address);
  }
  static constexpr ErrorKind kNotFound{.code = "InvalidAddress.NotFound"};
  throw AwsError(kNotFound, "Address '" + *ip + "' not found.");
}

}  // namespace

runtime::Task<AllocateAddressResponse> AllocateAddress(Ec2Service& ec2,
                                                       const protocol::RequestContext& context,
                                                       AllocateAddressRequest request) {
  RequireAllowed(context, Ec2Arn(context, "elastic-ip", "*"));
  const Owner owner = OwnerOf(context);
  Address address;
  address.allocation_id = NewId("eipalloc");
  address.domain = "vpc";
  address.network_border_group = owner.region;
  address.public_ipv4_pool = "amazon";
  address.tags = TagsFor("elastic-ip", request.tag_specifications);
  const auto allocate = [&] {
    std::set<std::string> taken;
    for (const Address& other : ec2.store().current().All<Address>(owner))
      taken.insert(other.public_ip.value_or(""));
    do {
      address.public_ip = RandomAddress();
    } while (taken.contains(*address.public_ip));
    ec2.store().Save(owner, address);
  };
  co_await ec2.Change(allocate);
  AllocateAddressResponse response;
  response.allocation_id = address.allocation_id;
  response.public_ipv4_pool = address.public_ipv4_pool;
  response.network_border_group = address.network_border_group;
  response.domain = address.domain;
  response.public_ip = address.public_ip;
  co_return response;
}

runtime::Task<DescribeAddressesResponse> DescribeAddresses(Ec2Service& ec2,
                                                           const protocol::RequestContext& context,
                                                           DescribeAddressesRequest request) {
  RequireAllowed(context, "*");
  const Owner owner = OwnerOf(context);
  std::vector<std::string> ids = request.allocation_ids;
  for (const std::string& ip : request.public_ips) {
    ids.push_back(*OpenAddress(ec2.committed(), owner, std::nullopt, ip).allocation_id);
  }
  DescribeAddressesResponse response;
  response.addresses =
      Select<Address>(ec2.committed(), owner, ids, request.filters, &Address::tags, &AddressFilterValues);
  co_return response;
}

runtime::Task<ReleaseAddressResponse> ReleaseAddress(Ec2Service& ec2, const protocol::RequestContext& context,
                                                     ReleaseAddressRequest request) {
  RequireAllowed(context, Ec2Arn(context, "elastic-ip", request.allocation_id.value_or("*")));
  const Owner owner = OwnerOf(context);
  const auto release = [&] {
    const auto address = OpenAddress(ec2.store().current(), owner, request.allocation_id, request.public_ip);
    ec2.store().Erase(*address.allocation_id);
  };
  co_await ec2.Change(release);
  co_return ReleaseAddressResponse{};
}

}  // namespace cumulite::ec2
