// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/registry.hpp"

namespace umsops::cli {

// Each stands beside its implementation, in the folder of its noun.
extern Command const kTicketCreate, kTicketList, kTicketShow, kTicketUpdate, kTicketAssign, kTicketHistory,
    kTicketImport, kTicketExport, kTicketAttachment;
extern Command const kTicketIntakeMail, kTicketIntakeJson, kTicketIntakeChat, kTicketIntakePhone;
extern Command const kTicketCallbackList, kTicketCallbackAdd, kTicketCallbackDone;
extern Command const kReportList, kReportRun;
extern Command const kTicketReply, kTicketNote, kTicketPend, kTicketWake, kTicketEscalate, kTicketResolve, kTicketClose,
    kTicketReopen, kTicketLink, kTicketMerge, kTicketNext, kTicketTransitions;
extern Command const kSlaExplain, kSlaList, kSlaSimulate;
extern Command const kCalendarList, kCalendarShow;
extern Command const kRulesCheck, kRulesTest, kRulesExplain, kRulesShow;
extern Command const kOncallWho, kOncallList, kOncallExport, kOncallCheck;
extern Command const kAuditLog, kAuditVerify, kAuditHead;
extern Command const kDbInit, kDbMigrate, kDbStatus, kDbBackup, kDbCheck, kDbCopy, kDbFlush;
extern Command const kConfigList, kConfigPath;
extern Command const kSchemaList, kSchemaShow, kSchemaValidate;
extern Command const kTick, kLint, kDoctor, kFields, kExplain, kCommandsList, kCompletion, kHelp, kVersion;
extern Command const kComplete, kGenerateMan, kGenerateCompletion;

}  // namespace umsops::cli
