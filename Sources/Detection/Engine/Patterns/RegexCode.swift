import CPCRE2
import Sigma
import WindowsFormats

/// A regular expression, compiled by PCRE2 to machine code where it can be. Read only, so threads share it.
///
/// Texts are UTF-8 and an expression searches anywhere in them. `\d`, `\w` and `\s` are those of ASCII, as in the rules
/// that are written for other tools.
final class RegexCode: @unchecked Sendable {
  fileprivate let code: OpaquePointer
  /// What it was compiled from.
  let expression: RegularExpression

  /// - Throws: `ConditionBuilder.Failure` with PCRE2's message when the expression is none.
  init(_ expression: RegularExpression) throws {
    var options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C
    if expression.ignoresCase { options |= PCRE2_CASELESS }
    if expression.isMultiline { options |= PCRE2_MULTILINE }
    if expression.dotMatchesNewline { options |= PCRE2_DOTALL }
    var error: Int32 = 0
    var offset = 0
    var source = expression.source
    let code = source.withUTF8 { pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil) }
    guard let code else {
      throw ConditionBuilder.Failure.refused(
        .regularExpression(pattern: expression.source, offset: offset, message: RegexCode.message(error)))
    }
    // Without machine code the expression is interpreted.
    _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    self.code = code
    self.expression = expression
  }

  deinit { pcre2_code_free_8(code) }

  private static func message(_ error: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(error, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
  }
}

/// What one worker needs to search with expressions: limits, a stack for machine code and room for one match.
struct RegexSearch: ~Copyable {
  private let data: OpaquePointer?
  private let context: OpaquePointer?
  private let stack: OpaquePointer?

  enum Outcome { case found, notFound, gaveUp }

  init() {
    data = pcre2_match_data_create_8(1, nil)
    context = pcre2_match_context_create_8(nil)
    stack = pcre2_jit_stack_create_8(32 << 10, 1 << 20, nil)
    guard let context else { return }
    pcre2_set_match_limit_8(context, EngineLimits.regularExpressionSteps)
    pcre2_set_depth_limit_8(context, EngineLimits.regularExpressionSteps)
    pcre2_set_heap_limit_8(context, EngineLimits.regularExpressionHeap)
    pcre2_jit_stack_assign_8(context, nil, stack.map { UnsafeMutableRawPointer($0) })
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    pcre2_jit_stack_free_8(stack)
  }

  /// Searches a run of bytes. Every answer of PCRE2 that is neither yes nor no counts as given up.
  borrowing func search(_ expression: RegexCode, _ text: ByteView, at offset: Int, byteCount: Int) -> Outcome {
    guard let data else { return .gaveUp }
    let result = text.withBytes(at: offset, byteCount: byteCount) { bytes -> Int32 in
      guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return PCRE2_ERROR_NOMATCH }
      let answer = pcre2_match_8(expression.code, start, bytes.count, 0, 0, data, context)
      guard answer == PCRE2_ERROR_JIT_STACKLIMIT else { return answer }
      return pcre2_match_8(expression.code, start, bytes.count, 0, PCRE2_NO_JIT, data, context)
    }
    switch result {
    case .some(0...): return .found
    case PCRE2_ERROR_NOMATCH: return .notFound
    default: return .gaveUp
    }
  }
}
