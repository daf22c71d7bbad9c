#pragma once
#include "services/s3/errors.h"

/// Errors of SelectObjectContent. Source: S3 API Reference, "List of SELECT Object Content Error Codes".
namespace cumulite::s3::select {

inline constexpr ErrorKind kParseUnexpectedToken{.code = "ParseUnexpectedToken", .status = 400};
inline constexpr ErrorKind kParseUnknownOperator{.code = "ParseUnknownOperator", .status = 400};
inline constexpr ErrorKind kParseUnsupportedSyntax{.code = "ParseUnsupportedSyntax", .status = 400};
inline constexpr ErrorKind kParseInvalidTypeParam{.code = "ParseInvalidTypeParam", .status = 400};
inline constexpr ErrorKind kLexerInvalidChar{.code = "LexerInvalidChar", .status = 400};
inline constexpr ErrorKind kUnsupportedFunction{.code = "UnsupportedFunction", .status = 400};
inline constexpr ErrorKind kUnsupportedSqlOperation{.code = "UnsupportedSqlOperation", .status = 400};
inline constexpr ErrorKind kExpressionTooLong{.code = "ExpressionTooLong", .status = 400};
inline constexpr ErrorKind kIncorrectSqlFunctionArgumentType{.code = "IncorrectSqlFunctionArgumentType",
                                                             .status = 400};
inline constexpr ErrorKind kEvaluatorInvalidArguments{.code = "EvaluatorInvalidArguments", .status = 400};
inline constexpr ErrorKind kEvaluatorBindingDoesNotExist{.code = "EvaluatorBindingDoesNotExist",
                                                         .status = 400};
inline constexpr ErrorKind kCastFailed{.code = "CastFailed", .status = 400};
inline constexpr ErrorKind kInvalidColumnIndex{.code = "InvalidColumnIndex", .status = 400};
inline constexpr ErrorKind kMissingHeaders{.code = "MissingHeaders", .status = 400};
inline constexpr ErrorKind kOverMaxRecordSize{.code = "OverMaxRecordSize", .status = 400};
inline constexpr ErrorKind kCSVParsingError{.code = "CSVParsingError", .status = 400};
inline constexpr ErrorKind kJSONParsingError{.code = "JSONParsingError", .status = 400};
inline constexpr ErrorKind kTruncatedInput{.code = "TruncatedInput", .status = 400};
inline constexpr ErrorKind kInvalidCompressionFormat{.code = "InvalidCompressionFormat", .status = 400};
inline constexpr ErrorKind kInvalidExpressionType{.code = "InvalidExpressionType", .status = 400};
inline constexpr ErrorKind kInvalidFileHeaderInfo{.code = "InvalidFileHeaderInfo", .status = 400};
inline constexpr ErrorKind kInvalidJsonType{.code = "InvalidJsonType", .status = 400};
inline constexpr ErrorKind kInvalidQuoteFields{.code = "InvalidQuoteFields", .status = 400};
inline constexpr ErrorKind kInvalidRequestParameter{.code = "InvalidRequestParameter", .status = 400};
inline constexpr ErrorKind kInvalidDataSource{.code = "InvalidDataSource", .status = 400};
inline constexpr ErrorKind kInvalidScanRange{.code = "InvalidScanRange", .status = 400};
inline constexpr ErrorKind kMissingRequiredParameter{.code = "MissingRequiredParameter", .status = 400};
inline constexpr ErrorKind kUnsupportedRangeHeader{.code = "UnsupportedRangeHeader", .status = 400};

}  // namespace cumulite::s3::select
