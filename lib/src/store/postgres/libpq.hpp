// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <memory>

namespace umsops::store {

/// What is used of libpq. It is loaded when the first server's address is, and never otherwise: with what it draws in,
/// it would triple the start of every run.
#define UMSOPS_LIBPQ_FUNCTIONS(USE) \
  USE(PQconnectdbParams)            \
  USE(PQconnectStartParams)         \
  USE(PQconninfo)                   \
  USE(PQconninfoParse)              \
  USE(PQconninfoFree)               \
  USE(PQfreemem)                    \
  USE(PQstatus)                     \
  USE(PQerrorMessage)               \
  USE(PQfinish)                     \
  USE(PQsocket)                     \
  USE(PQconsumeInput)               \
  USE(PQisBusy)                     \
  USE(PQparameterStatus)            \
  USE(PQsetNoticeReceiver)          \
  USE(PQenterPipelineMode)          \
  USE(PQexitPipelineMode)           \
  USE(PQsendQueryParams)            \
  USE(PQpipelineSync)               \
  USE(PQgetResult)                  \
  USE(PQexec)                       \
  USE(PQclear)                      \
  USE(PQresultStatus)               \
  USE(PQresultErrorField)           \
  USE(PQresultErrorMessage)         \
  USE(PQcmdStatus)                  \
  USE(PQntuples)                    \
  USE(PQgetisnull)                  \
  USE(PQgetvalue)                   \
  USE(PQgetlength)

struct Libpq {
#define UMSOPS_LIBPQ_MEMBER(name) decltype(&::name) name = nullptr;
  UMSOPS_LIBPQ_FUNCTIONS(UMSOPS_LIBPQ_MEMBER)
#undef UMSOPS_LIBPQ_MEMBER
};

/// Throws `store.library` where there is none.
Libpq const& libpq();

struct ResultDeleter {
  void operator()(PGresult* result) const noexcept { libpq().PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ResultDeleter>;

}  // namespace umsops::store
