#include "services/sns/envelope.h"

#include "base/time_text.h"
#include "protocol/base64.h"
#include "protocol/json_writer.h"

namespace cumulite::sns {
namespace {

/// A JSON object a member a line, as AWS's are.
class Lines {
 public:
  explicit Lines(std::string& out) : out_(out) { out_ += "{"; }
  void Add(std::string_view name, std::string_view text) {
    Begin(name);
    protocol::AppendJsonString(out_, text);
  }
  void Begin(std::string_view name) {
    out_ += first_ ? "\n  " : ",\n  ";
    first_ = false;
    protocol::AppendJsonString(out_, name);
    out_ += " : ";
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void AppendSigned(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append("\n").append(value).append("\n");
}

void AppendSignature(Lines& lines, const Signer& signer, bool version_2, std::string_view text,
                     std::string_view address) {
  lines.Add("SignatureVersion", version_2 ? "2" : "1");
  lines.Add("Signature", signer.Sign(text, version_2));
  lines.Add("SigningCertURL", std::string(address) + signer.certificate_path());
}

void AppendAttributes(std::string& out, Lines& lines, const Message& message) {
  lines.Begin("MessageAttributes");
  out += "{";
  bool first = true;
  for (const Message::Attribute& attribute : message.attributes) {
    out += first ? "\n    " : ",\n    ";
    first = false;
    protocol::AppendJsonString(out, attribute.name);
    out += " : {\"Type\":";
    protocol::AppendJsonString(out, attribute.type);
    out += ",\"Value\":";
    protocol::AppendJsonString(
        out, attribute.binary() ? protocol::Base64Encode(attribute.value) : attribute.value);
    out += "}";
  }
  out += "\n  }";
}

}  // namespace

std::string Timestamp(base::TimePoint time) { return base::FormatIsoMilliseconds(time); }

Envelope::Envelope(const Message& message, std::string_view body, const Signer* signer) {
  const std::string timestamp = Timestamp(message.published);
  head_.reserve(body.size() + 1'024);
  Lines lines(head_);
  lines.Add("Type", "Notification");
  lines.Add("MessageId", message.id);
  if (message.sequence != 0) lines.Add("SequenceNumber", message.SequenceNumber());
  lines.Add("TopicArn", message.topic_arn);
  if (!message.subject.empty()) lines.Add("Subject", message.subject);
  lines.Add("Message", body);
  lines.Add("Timestamp", timestamp);
  if (signer != nullptr) {
    std::string text;
    text.reserve(body.size() + 512);
    AppendSigned(text, "Message", body);
    AppendSigned(text, "MessageId", message.id);
    if (!message.subject.empty()) AppendSigned(text, "Subject", message.subject);
    AppendSigned(text, "Timestamp", timestamp);
    AppendSigned(text, "TopicArn", message.topic_arn);
    AppendSigned(text, "Type", "Notification");
    AppendSignature(lines, *signer, message.signature_version_2, text, message.address);
  }
  lines.Begin("UnsubscribeURL");
  head_ += "\"" + message.address + "/?Action=Unsubscribe&SubscriptionArn=";
  tail_ = "\"";
  // What follows goes on from the member before, so its comma is written by hand.
  if (!message.attributes.empty()) {
    tail_ += ",";
    std::string attributes;
    Lines rest(attributes);
    AppendAttributes(attributes, rest, message);
    tail_ += std::string_view(attributes).substr(1);
  }
  if (message.replayed) tail_ += ",\n  \"Replayed\" : \"true\"";
  tail_ += "\n}";
}

std::string Envelope::For(std::string_view subscription_arn) const {
  std::string document;
  document.reserve(head_.size() + subscription_arn.size() + tail_.size());
  return document.append(head_).append(subscription_arn).append(tail_);
}

std::string ConfirmationJson(Confirmation kind, const Subscription& subscription, std::string_view message_id,
                             base::TimePoint time, std::string_view address, bool version_2,
                             const Signer& signer) {
  const bool subscribes = kind == Confirmation::kSubscription;
  const std::string_view type = subscribes ? "SubscriptionConfirmation" : "UnsubscribeConfirmation";
  const std::string message =
      subscribes
          ? "You have chosen to subscribe to the topic " + subscription.topic_arn +
                ".\nTo confirm the subscription, visit the SubscribeURL included in this message."
          : "You have chosen to deactivate subscription " + subscription.arn +
                ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL included "
                "in this message.";
  const std::string url = std::string(address) +
                          "/?Action=ConfirmSubscription&TopicArn=" + subscription.topic_arn +
                          "&Token=" + subscription.token;
  const std::string timestamp = Timestamp(time);
  std::string text;
  AppendSigned(text, "Message", message);
  AppendSigned(text, "MessageId", message_id);
  AppendSigned(text, "SubscribeURL", url);
  AppendSigned(text, "Timestamp", timestamp);
  AppendSigned(text, "Token", subscription.token);
  AppendSigned(text, "TopicArn", subscription.topic_arn);
  AppendSigned(text, "Type", type);
  std::string document;
  Lines lines(document);
  lines.Add("Type", type);
  lines.Add("MessageId", message_id);
  lines.Add("Token", subscription.token);
  lines.Add("TopicArn", subscription.topic_arn);
  lines.Add("Message", message);
  lines.Add("SubscribeURL", url);
  lines.Add("Timestamp", timestamp);
  AppendSignature(lines, signer, version_2, text, address);
  return document + "\n}";
}

}  // namespace cumulite::sns
