#pragma once
#include <string_view>

namespace cumulite::fuzz {

// One function a target: must return for any bytes, and abort where a promise is broken. libFuzzer calls it
// through fuzz_main.cc (CUMULITE_FUZZ, clang only); the unit tests call it on a few seeds and their
// mutations.

void FuzzAwsChunked(std::string_view data);
void FuzzAuthorization(std::string_view data);
void FuzzExpression(std::string_view data);
void FuzzPartiql(std::string_view data);
void FuzzS3Document(std::string_view data);
void FuzzS3Policy(std::string_view data);
void FuzzS3Form(std::string_view data);
void FuzzS3Select(std::string_view data);

}  // namespace cumulite::fuzz
