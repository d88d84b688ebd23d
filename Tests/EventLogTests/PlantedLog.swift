import TestSupport

@testable import WindowsFormats

/// A log of two chunks whose first bytes a later use has overwritten, as Windows does when a log wraps. What is behind
/// them is slack with records whose content is known.
struct PlantedLog {
  /// Each chunk as it lies in the file.
  var chunks: [[UInt8]] = []
  /// Where the slack of each chunk begins and ends.
  private(set) var slack: [Range<Int>] = []
  /// Records in slack, as they were written.
  private(set) var plants: [RecordKey: Plant] = [:]

  struct Plant {
    var record: EventRecord
    var chunk: Int
    var place: Range<Int>
    var isDamaged = false
  }

  static let chunkOffset = EventLogWriter.fileHeaderByteCount

  init(round: Int) throws {
    let old = try WrittenChunks.of(PlantedLog.events(170, from: round * 170, time: SampleEvents.time)).prefix(2)
    for (index, written) in old.enumerated() {
      let fresh = try WrittenChunks.of(
        PlantedLog.events(
          1 + (round + index) % 5, from: round * 11 + index, time: SampleEvents.time + 9_000_000_000_000))[0]
      let start = fresh.u32(at: 48)
      chunks.append(Array(fresh.prefix(start)) + written.dropFirst(start))
      slack.append(start..<written.u32(at: 48))
      plant(written, index, from: start)
    }
  }

  private mutating func plant(_ written: [UInt8], _ index: Int, from start: Int) {
    withExactCopy(of: written) { bytes in
      var reader = EventLogChunkReader(output: .jsonLines)
      _ = reader.load(bytes, at: 0, isDirty: false)
      while let header = reader.nextRecord() {
        guard header.offset >= start, let record = reader.eventRecord(header) else { continue }
        plants[RecordKey(recordID: header.recordID, fileTime: header.fileTime)] = Plant(
          record: record, chunk: index, place: header.offset..<header.offset + header.size)
      }
    }
  }

  /// Events of all definitions that the writer knows, and of some that nobody knows.
  private static func events(_ count: Int, from first: Int, time: UInt64) throws -> [Event] {
    let all = try SampleEvents.everyDefinition()
    return (first..<first + count).map { number in
      var event = number % 5 == 4 ? unknown(number) : all[number % all.count]
      event.time = time + UInt64(number) * 10_000_000
      event.recordID = UInt64(number + 1)
      return event
    }
  }

  private static let unknownNames = [
    ["Zorbelin", "Quixomel", "Tharnok7"], ["Brunzeld", "Vexquorum"], ["Ozmirak", "Plinthwex", "Drovany", "Kelstrumb"],
    ["Process", "CommandLine", "Yuldrane"], ["Jaxolite1", "Jaxolite2", "Jaxolite3"],
  ]

  private static func unknown(_ number: Int) -> Event {
    let names = unknownNames[number / 5 % unknownNames.count]
    return SampleEvents.plain(names.enumerated().map { .init($0.element, .string("value \(number).\($0.offset)")) })
  }
}

// MARK: Damage

extension PlantedLog {
  enum Damage: CaseIterable {
    case none
    /// Stretches are overwritten with other bytes.
    case overwritten
    /// Single bytes are flipped.
    case flipped
    /// The rest of the chunk is displaced by 1 to 8 bytes.
    case shifted
    /// The rest of the chunk is displaced by a multiple of 8.
    case shiftedByWords
    /// The end of the log is missing.
    case cut
    /// Bytes of template definitions are flipped.
    case definitionsFlipped
    /// Stretches of template definitions are overwritten.
    case definitionsOverwritten
    /// The rest of a definition is displaced, in the place of what follows.
    case definitionsShifted
  }

  mutating func damage(_ damage: Damage, _ numbers: inout SeededNumbers) {
    for index in chunks.indices { self.damage(damage, index, &numbers) }
  }

  private mutating func damage(_ damage: Damage, _ index: Int, _ numbers: inout SeededNumbers) {
    let definitions = chunks[index].definitions(in: slack[index])
    let place = Int.random(in: slack[index], using: &numbers)
    switch damage {
    case .none: break
    case .overwritten:
      for _ in 0..<10 { overwrite(Int.random(in: slack[index], using: &numbers), 2...120, index, &numbers) }
    case .flipped: for _ in 0..<40 { flip(Int.random(in: slack[index], using: &numbers), index, &numbers) }
    case .shifted: shift(from: place, by: Int.random(in: 1...8, using: &numbers), to: nil, index)
    case .shiftedByWords: shift(from: place, by: 8 * Int.random(in: 1...64, using: &numbers), to: nil, index)
    case .cut:
      chunks[index].removeSubrange(place...)
      touch(place..<EventLogChunk.byteCount, index)
    case .definitionsFlipped:
      for definition in definitions {
        for _ in 0..<2 { flip(Int.random(in: definition, using: &numbers), index, &numbers) }
      }
    case .definitionsOverwritten:
      for definition in definitions { overwrite(Int.random(in: definition, using: &numbers), 2...60, index, &numbers) }
    case .definitionsShifted:
      for definition in definitions {
        let start = Int.random(in: definition, using: &numbers)
        shift(from: start, by: Int.random(in: 1...8, using: &numbers), to: definition.upperBound, index)
      }
    }
  }

  private mutating func flip(_ at: Int, _ index: Int, _ numbers: inout SeededNumbers) {
    chunks[index][at] ^= UInt8.random(in: 1...255, using: &numbers)
    touch(at..<at + 1, index)
  }

  /// Half of the time with text, which looks more like content than noise does.
  private mutating func overwrite(
    _ at: Int, _ length: ClosedRange<Int>, _ index: Int, _ numbers: inout SeededNumbers
  ) {
    let end = min(at + Int.random(in: length, using: &numbers), slack[index].upperBound)
    let isText = Bool.random(using: &numbers)
    for offset in at..<end {
      chunks[index][offset] =
        isText
        ? (offset % 2 == 0 ? UInt8.random(in: 0x41...0x7A, using: &numbers) : 0)
        : UInt8.random(in: 0...255, using: &numbers)
    }
    touch(at..<end, index)
  }

  /// Puts bytes before the rest, which drops as many at its end.
  private mutating func shift(from start: Int, by distance: Int, to limit: Int?, _ index: Int) {
    let end = limit ?? EventLogChunk.byteCount
    guard start + distance < end else { return }
    chunks[index].replaceSubrange(
      start..<end, with: [UInt8](repeating: 0xA5, count: distance) + chunks[index][start..<end - distance])
    touch(start..<(limit ?? start + 1), index)
  }

  private mutating func touch(_ range: Range<Int>, _ index: Int) {
    for (key, plant) in plants where plant.chunk == index && plant.place.overlaps(range) {
      plants[key]?.isDamaged = true
    }
  }
}

extension [UInt8] {
  /// Where template definitions stand: they follow an instance that points behind itself.
  func definitions(in range: Range<Int>) -> [Range<Int>] {
    range.dropLast(40).compactMap { token in
      guard self[token] == 0x0C, u32(at: token + 6) == token + 10, u32(at: token + 2) == u32(at: token + 14) else {
        return nil
      }
      return token..<token + 34 + u32(at: token + 30)
    }
  }
}
