#include "services/sqs/fifo_groups.h"

namespace cumulite::sqs {

void FifoGroups::Add(Message& message, std::string_view name) {
  auto found = groups_.find(name);
  if (found == groups_.end()) {
    found = groups_.try_emplace(std::string(name)).first;
    found->second.name = found->first;
  }
  message.group = &found->second;
  found->second.messages.push_back(message);
  Update(found->second);
}

void FifoGroups::Remove(Message& message) {
  MessageGroup& group = *message.group;
  group.messages.erase(MessageLine::s_iterator_to(message));
  message.group = nullptr;
  Update(group);
  if (group.messages.empty()) groups_.erase(groups_.find(group.name));
}

void FifoGroups::Update(MessageGroup& group) {
  const bool ready = !group.messages.empty() && group.messages.front().place == Place::kVisible;
  if (ready == group.ready) return;
  group.ready = ready;
  if (ready) {
    ready_.push_back(group);
  } else {
    ready_.erase(ReadyLine::s_iterator_to(group));
  }
}

MessageGroup* FifoGroups::TakeNext() {
  if (ready_.empty()) return nullptr;
  MessageGroup& group = ready_.front();
  ready_.pop_front();
  group.ready = false;
  return &group;
}

void FifoGroups::Clear() {
  ready_.clear();
  for (auto& [name, group] : groups_) group.messages.clear();
  groups_.clear();
}

}  // namespace cumulite::sqs
