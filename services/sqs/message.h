#pragma once
#include <boost/intrusive/link_mode.hpp>
#include <boost/intrusive/list_hook.hpp>
#include <boost/intrusive/options.hpp>
#include <boost/intrusive/set_hook.hpp>
#include <cstdint>

#include "base/clock.h"
#include "services/sqs/message_id.h"

namespace cumulite::sqs {
using base::TimePoint;
struct MessageGroup;

/// Number of a message, growing with each send: the queue's number above, the message's below. It is the
/// primary key of the message's row, so that a queue's rows lie together and no index is needed.
using MessageKey = std::int64_t;
inline constexpr int kSequenceBits = 40;

constexpr std::int64_t QueueNumberOf(MessageKey key) { return key >> kSequenceBits; }
constexpr MessageKey FirstKeyOf(std::int64_t queue_number) { return queue_number << kSequenceBits; }

/// Where a message stands between its send and its deletion.
enum class Place : std::uint8_t {
  kDelayed,   // not yet visible for the first time
  kVisible,   // waits to be received (or for its group to be unlocked)
  kInFlight,  // received; hidden until its visibility timeout ends
};

namespace detail {
template <class Tag>
using TreeHook =
    boost::intrusive::set_base_hook<boost::intrusive::tag<Tag>, boost::intrusive::optimize_size<true>,
                                    boost::intrusive::link_mode<boost::intrusive::normal_link>>;
template <class Tag>
using ListHook = boost::intrusive::list_base_hook<boost::intrusive::tag<Tag>,
                                                  boost::intrusive::link_mode<boost::intrusive::normal_link>>;
struct ByAgeTag;
struct HiddenTag;
struct LineTag;
}  // namespace detail

/// What a queue keeps in memory of one message; its body and attributes stay in the store.
///
/// The links are part of it, so that a backlog of a million costs one allocation of 128 bytes each.
struct Message : detail::TreeHook<detail::ByAgeTag>,
                 detail::TreeHook<detail::HiddenTag>,
                 detail::ListHook<detail::LineTag> {
  MessageKey key = 0;
  MessageId id;
  TimePoint sent_at{};
  TimePoint visible_at{};         // of delayed and in-flight messages; of visible ones: since when
  TimePoint first_received_at{};  // the epoch until received
  MessageGroup* group = nullptr;  // of a FIFO queue
  std::uint32_t receive_count = 0;
  Place place = Place::kVisible;
};
static_assert(sizeof(Message) <= 144);

}  // namespace cumulite::sqs
