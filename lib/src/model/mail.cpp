// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/event.hpp"

namespace umsops::model {

using base::FieldType;
using base::Value;

base::RecordType const& mail_type() {
  static base::Field const kFields[] = {
      base::limited({"message_id", FieldType::text, "message_id", base::kPersonal, "Message-ID, without its brackets",
                     "Message-ID（不含尖括号）", "邮件编号"},
                    998),
      base::limited({"identity", FieldType::text, "identity", 0, "What tells it from others of the same Message-ID",
                     "用于区分同一 Message-ID 的不同邮件", "标识"},
                    32),
      base::limited({"response_id", FieldType::text, "response_id", 0, "The response that it became",
                     "由该邮件生成的回复", "回复"},
                    26),
      base::limited({"subject", FieldType::text, "subject", base::kPersonal, "Its subject", "邮件主题", "主题"}, 2000),
      {"sent_at", FieldType::time, "sent_at", 0, "Its Date", "邮件日期（Date）", "发送时间"},
      {"participants", FieldType::list, "participants", base::kPersonal, "Addresses of From, Reply-To, To and Cc",
       "From、Reply-To、To、Cc 中的地址", "参与者"},
      {"created_at", FieldType::time, "created_at", 0, "When it was taken in", "接收时间", "接收时间"},
  };
  static base::RecordType const kType{"mail", kFields};
  return kType;
}

base::Row to_row(Mail const& mail) {
  return {mail.message_id,
          mail.identity,
          base::text_or_null(mail.response_id),
          base::text_or_null(mail.subject),
          mail.sent_at ? Value(*mail.sent_at) : Value(),
          Value::List(mail.participants.begin(), mail.participants.end()),
          mail.created_at};
}

}  // namespace umsops::model
