internal import CJSON
internal import WindowsFormats

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// JSON text to `EventValue`, through json-c. One instance per thread; it keeps json-c's parser between records.
///
/// Keys keep their order. Of duplicate keys the last value wins, in the place of the first. A key ends at an escaped
/// NUL. Numbers that 64 bits cannot hold become strings of their digits. What is nearly JSON (`NaN`, single quotes,
/// comments, a trailing comma) is read on a second attempt.
struct JSONText: ~Copyable {
  /// Containers inside one another; more is refused.
  static let maximumDepth: Int32 = 64

  private let parser: UnsafeMutablePointer<json_tokener>?

  init() { parser = json_tokener_new_ex(JSONText.maximumDepth) }

  deinit { if let parser { json_tokener_free(parser) } }

  struct Failure: Error {
    var code: ParseError.Code
    /// Bytes before the fault.
    var place: Int
  }

  struct Parsed {
    var value: EventValue
    /// Whether the text follows the grammar strictly, so that it can stand in JSON output.
    var isStrict: Bool
  }

  /// One value and white space around it. `text` is valid UTF-8.
  func parse(_ text: UnsafeBufferPointer<UInt8>) throws(Failure) -> Parsed {
    let first: Failure
    do throws(Failure) {
      var saturated = Saturation()
      let value = try parse(text, flags: JSON_TOKENER_STRICT, &saturated)
      guard saturated.mayHaveLostDigits(of: text), let quoted = quotingHugeIntegers(text) else {
        return Parsed(value: value, isStrict: true)
      }
      let exact = quoted.withUnsafeBufferPointer { bytes in
        Result { () throws(Failure) in try parse(bytes, flags: JSON_TOKENER_STRICT, &saturated) }
      }
      return Parsed(value: try exact.get(), isStrict: true)
    } catch { first = error }
    guard first.code != .limitExceeded else { throw first }
    var saturated = Saturation()
    return Parsed(value: try parse(text, flags: 0, &saturated), isStrict: false)
  }

  private func parse(
    _ text: UnsafeBufferPointer<UInt8>, flags: Int32, _ saturated: inout Saturation
  ) throws(Failure) -> EventValue {
    guard let parser, let count = Int32(exactly: text.count), let start = text.baseAddress else {
      throw Failure(code: .truncated, place: 0)
    }
    json_tokener_reset(parser)
    // What the reset forgets: text that ended between the halves of a pair would put U+FFFD into the next text.
    parser.pointee.high_surrogate = 0
    json_tokener_set_flags(parser, flags)
    let owner = start.withMemoryRebound(to: CChar.self, capacity: text.count) { characters in
      JSONOwner(json_tokener_parse_ex(parser, characters, count))
    }
    var status = json_tokener_get_error(parser)
    if status == json_tokener_continue {
      // A bare number ends only with what follows it.
      let rest = JSONOwner(json_tokener_parse_ex(parser, " ", 1))
      status = json_tokener_get_error(parser)
      if status == json_tokener_success { return eventValue(rest.object, &saturated) }
      throw Failure(code: .truncated, place: text.count)
    }
    let place = json_tokener_get_parse_end(parser)
    switch status {
    case json_tokener_success: break
    case json_tokener_error_depth: throw Failure(code: .limitExceeded, place: place)
    default: throw Failure(code: .invalidValue, place: place)
    }
    guard text[min(place, text.count)...].allSatisfy({ $0 <= 32 }) else {
      throw Failure(code: .invalidValue, place: place)
    }
    return eventValue(owner.object, &saturated)
  }
}

/// Owns one reference to a json-c value.
private struct JSONOwner: ~Copyable {
  let object: OpaquePointer?
  init(_ object: OpaquePointer?) { self.object = object }
  deinit { json_object_put(object) }
}

/// How often the parser gave the ends of its number range, which is also what it makes of anything beyond them.
private struct Saturation {
  var lowest = 0
  var highest = 0

  /// Whether there are more of them than the text has. The lowest one is common: it is the mask of every Sysmon event.
  func mayHaveLostDigits(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    if lowest > 0 && occurrences(of: "-9223372036854775808", in: text, atMost: lowest) < lowest { return true }
    return highest > 0 && occurrences(of: "18446744073709551615", in: text, atMost: highest) < highest
  }

  private func occurrences(of number: StaticString, in text: UnsafeBufferPointer<UInt8>, atMost limit: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(text)
    var at = 0
    var count = 0
    while count < limit, let found = bytes.index(of: number, from: at) {
      count += 1
      at = found + number.utf8CodeUnitCount
    }
    return count
  }
}

private func eventValue(_ object: OpaquePointer?, _ saturated: inout Saturation) -> EventValue {
  guard let object else { return .null }
  switch json_object_get_type(object) {
  case json_type_string:
    return .string(string(json_object_get_string(object), Int(json_object_get_string_len(object))))
  case json_type_int:
    let signed = json_object_get_int64(object)
    if signed == .min { saturated.lowest += 1 }
    guard signed == .max else { return .integer(signed) }
    let unsigned = json_object_get_uint64(object)
    if unsigned == .max { saturated.highest += 1 }
    return unsigned > UInt64(Int64.max) ? .unsigned(unsigned) : .integer(signed)
  case json_type_double: return .double(json_object_get_double(object))
  case json_type_boolean: return .boolean(json_object_get_boolean(object) != 0)
  case json_type_array:
    let count = json_object_array_length(object)
    return .array((0..<count).map { eventValue(json_object_array_get_idx(object, $0), &saturated) })
  case json_type_object: return .object(fields(object, &saturated))
  default: return .null
  }
}

private func fields(_ object: OpaquePointer, _ saturated: inout Saturation) -> [EventField] {
  var fields: [EventField] = []
  fields.reserveCapacity(Int(json_object_object_length(object)))
  var entry = json_object_get_object(object)?.pointee.head
  while let here = entry {
    if let key = here.pointee.k?.assumingMemoryBound(to: CChar.self) {
      let value = here.pointee.v.map { OpaquePointer($0) }
      fields.append(EventField(string(key, strlen(key)), eventValue(value, &saturated)))
    }
    entry = here.pointee.next
  }
  return fields
}

@inline(__always)
private func string(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
  guard let start else { return "" }
  return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
