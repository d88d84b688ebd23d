import WindowsFormats

/// Writes the findings of one event in the form in which they wait to be put in order: no text is made that nobody may
/// read.
final class FindingEncoder {
  private var sink = ByteSink(capacity: 1 << 14)
  private var value = ByteSink(capacity: 1 << 14)
  private var ends: [Int] = []

  /// What was added since this was last asked, and where each finding ends.
  func take() -> ([UInt8], [Int]) {
    defer {
      sink.removeAll()
      ends.removeAll(keepingCapacity: true)
    }
    return (sink.array(), ends)
  }

  func add(_ body: FindingBody) {
    body.encode(to: &sink)
    ends.append(sink.count)
  }

  /// A finding in a live record: as `FindingBody` encodes it, the values straight from the record.
  func add(_ rule: HuntRule, number: Int, _ builder: inout FindingBuilder<SlotValues>) {
    let evidence = builder.evidence
    sink.put(count: number)
    sink.put(FindingText.id(detector: rule.detector, evidence: [evidence]))
    sink.put(builder.head.time)
    sink.put(builder.head.host)
    sink.put(builder.user())
    sink.put(builder.processSummary())
    addFields(builder.values.fields(of: rule, number: number), builder.values)
    sink.put(count: 1)
    evidence.encode(to: &sink)
    ends.append(sink.count)
  }

  private func addFields(_ fields: [SlotValues.ShownField], _ values: SlotValues) {
    let place = sink.count
    sink.put(count: 0)
    var count: UInt32 = 0
    for field in fields {
      value.removeAll()
      guard values.append(field, to: &value) else { continue }
      count += 1
      sink.put(field.name)
      value.withBytes { bytes in
        let length = FindingEncoder.clippedLength(bytes)
        sink.put(count: length < bytes.count ? length + 3 : length)
        sink.append(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
        if length < bytes.count { sink.append("…") }
      }
    }
    sink.patch(count, at: place)
  }

  /// How many bytes of a value a finding shows: whole characters.
  private static func clippedLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard bytes.count > FindingText.valueLength else { return bytes.count }
    var end = FindingText.valueLength
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }
}
