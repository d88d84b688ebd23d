@testable import WindowsFormats

/// The input is the content of a template definition and the values of an instance, inside a chunk that is in order.
///
/// | size | part |
/// |---|---|
/// | 2 | number of bytes of the definition's content |
/// | that | BinXML; its first byte stands at offset 574 of the chunk, as in a written log |
/// | the rest | number of values, descriptors, values |
@MainActor private var check = ChunkCheck(report: stop)

@_cdecl("LLVMFuzzerTestOneInput")
@MainActor public func fuzzTemplate(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let chunk = TemplateChunk.bytes(of: UnsafeBufferPointer(start: data, count: count)) else { return -1 }
  withExactBuffer(chunk) { check.run($0, isDirty: false) }
  return 0
}
