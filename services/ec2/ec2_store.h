#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/json_codec.h"
#include "services/ec2/shapes.h"
#include "services/storage/database.h"
#include "services/storage/statement.h"

namespace cumulite::ec2 {

/// Whose resources a request sees.
struct Owner {
  std::string_view account;
  std::string_view region;
};

/// The kinds of resources, by what their ids begin with; how their shapes name their id.
template <class R>
struct KindOf;
template <>
struct KindOf<Vpc> {
  static constexpr std::string_view kPrefix = "vpc";
  static constexpr auto kId = &Vpc::vpc_id;
};
/// What DescribeVpcAttribute shows; its id is made of the VPC's.
template <>
struct KindOf<VpcAttributes> {
  static constexpr std::string_view kPrefix = "vpc-attributes";
  static constexpr auto kId = &VpcAttributes::id;
};
template <>
struct KindOf<Subnet> {
  static constexpr std::string_view kPrefix = "subnet";
  static constexpr auto kId = &Subnet::subnet_id;
};
template <>
struct KindOf<SecurityGroup> {
  static constexpr std::string_view kPrefix = "sg";
  static constexpr auto kId = &SecurityGroup::group_id;
};
template <>
struct KindOf<SecurityGroupRule> {
  static constexpr std::string_view kPrefix = "sgr";
  static constexpr auto kId = &SecurityGroupRule::security_group_rule_id;
};
template <>
struct KindOf<InternetGateway> {
  static constexpr std::string_view kPrefix = "igw";
  static constexpr auto kId = &InternetGateway::internet_gateway_id;
};
template <>
struct KindOf<RouteTable> {
  static constexpr std::string_view kPrefix = "rtb";
  static constexpr auto kId = &RouteTable::route_table_id;
};
template <>
struct KindOf<NetworkInterface> {
  static constexpr std::string_view kPrefix = "eni";
  static constexpr auto kId = &NetworkInterface::network_interface_id;
};
template <>
struct KindOf<Address> {
  static constexpr std::string_view kPrefix = "eipalloc";
  static constexpr auto kId = &Address::allocation_id;
};

std::span<const storage::Migration> Migrations();

/// Reads of the store; `S` is Statement inside a job of the writer, ReadStatement outside.
template <class S>
class Ec2Queries {
 public:
  explicit Ec2Queries(storage::Database& database);

  template <class R>
  std::optional<R> Find(const Owner& owner, std::string_view id) const {
    std::optional<R> record;
    auto row = find_.Query(id, KindOf<R>::kPrefix, owner.account, owner.region);
    if (row.Next()) record = Read<R>(row);
    return record;
  }
  /// In the order in which they were made.
  template <class R>
  std::vector<R> All(const Owner& owner) const {
    std::vector<R> records;
    auto rows = all_.Query(KindOf<R>::kPrefix, owner.account, owner.region);
    while (rows.Next()) records.push_back(Read<R>(rows));
    return records;
  }
  /// Whether the account's default network is there in the region.
  bool HasBegun(const Owner& owner) const {
    return begun_.template Scalar<std::int64_t>(owner.account, owner.region).has_value();
  }

 private:
  template <class R>
  static R Read(const storage::Cursor& row) {
    return row.Parsed(0, [](std::string_view text) {
      R record;
      protocol::DecodeStoredJson(text, &record, R::Describe());
      return record;
    });
  }

  mutable S find_;
  mutable S all_;
  mutable S begun_;
};

extern template class Ec2Queries<storage::Statement>;
extern template class Ec2Queries<storage::ReadStatement>;

/// What accounts have of EC2: SQL is the truth; each resource is a JSON text of its shape.
/// Thread: committed() on any; the rest on the writer's, inside a job.
class Ec2Store {
 public:
  explicit Ec2Store(storage::Database& database);

  const Ec2Queries<storage::ReadStatement>& committed() const { return committed_; }
  const Ec2Queries<storage::Statement>& current() const { return current_; }

  /// Makes a resource, or replaces it.
  template <class R>
  void Save(const Owner& owner, const R& record) {
    std::string text;
    protocol::EncodeJson(&record, R::Describe(), text);
    SaveText(*(record.*KindOf<R>::kId), KindOf<R>::kPrefix, owner, text);
  }
  void Erase(std::string_view id);
  void Begin(const Owner& owner);
  /// Everything of an account and a region; of all where that is empty.
  void EraseAll(std::string_view account, std::string_view region);

 private:
  void SaveText(std::string_view id, std::string_view kind, const Owner& owner, std::string_view text);

  Ec2Queries<storage::ReadStatement> committed_;
  Ec2Queries<storage::Statement> current_;
  storage::Statement save_;
  storage::Statement erase_;
  storage::Statement begin_;
  storage::Statement erase_all_;
  storage::Statement unbegin_;
};

}  // namespace cumulite::ec2
