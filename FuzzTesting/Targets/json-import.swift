@testable import Collect
@testable import WindowsFormats

/// The input is an export of events: text in any shape, or anything else.
@MainActor private var check = ImportCheck()

@_cdecl("LLVMFuzzerTestOneInput")
@MainActor public func fuzzImport(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  withExactBuffer(UnsafeBufferPointer(start: data, count: count)) { check.run($0) }
  return 0
}
