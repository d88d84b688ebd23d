@testable import WindowsFormats

/// The input is a chunk that is surveyed for templates and searched for records that are not live.
@MainActor private var check = RecoveryCheck(report: stop)

@_cdecl("LLVMFuzzerTestOneInput")
@MainActor public func fuzzRecovery(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  withExactBuffer(UnsafeBufferPointer(start: data, count: count)) { check.run($0) }
  return 0
}
