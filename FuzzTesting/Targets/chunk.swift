@testable import WindowsFormats

/// The input is a chunk, or what is left of one.
@MainActor private var check = ChunkCheck(report: stop)

@_cdecl("LLVMFuzzerTestOneInput")
@MainActor public func fuzzChunk(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  withExactBuffer(UnsafeBufferPointer(start: data, count: count)) { bytes in
    check.run(bytes, isDirty: count % 2 == 1)
  }
  return 0
}
