import WindowsFormats

/// Counts of one piece of work.
struct StatisticsPart: Sendable {
  var events: [EventStatistics.Key: EventStatistics.Entry] = [:]
  var runs: [EventStatistics.Run] = []
}

/// Counts records of one worker until they are taken.
struct StatisticsCollector {
  private var part = StatisticsPart()

  mutating func take() -> StatisticsPart {
    defer { part = StatisticsPart() }
    return part
  }

  /// - Parameter headerID: The record's number in its log; nil for exports, whose numbers follow no order.
  mutating func add(_ record: EventRecord, headerID: UInt64?) {
    let time = record.time.flatMap { EventTime($0) }
    part.events[EventStatistics.Key(record), default: EventStatistics.Entry()].add(time)
    if let headerID { follow(headerID, time) }
  }

  mutating func add(_ slots: inout EventSlotReader, headerID: UInt64) {
    let time = slots.slot(of: SystemField.timeCreated.rawValue).flatMap { slot in
      slots.fileTime(of: slot).map(EventTime.init(fileTime:)) ?? EventTime(slots.text(of: slot))
    }
    let key = EventStatistics.Key(
      channel: slots.text(of: .channel), provider: slots.text(of: .providerName),
      eventID: slots.slot(of: SystemField.eventID.rawValue).flatMap { slots.number(of: $0) }.map {
        UInt32(truncatingIfNeeded: $0)
      } ?? 0)
    part.events[key, default: EventStatistics.Entry()].add(time)
    follow(headerID, time)
  }

  private mutating func follow(_ id: UInt64, _ time: EventTime?) {
    guard !part.runs.isEmpty, part.runs[part.runs.count - 1].lastID &+ 1 == id else {
      return part.runs.append(EventStatistics.Run(firstID: id, lastID: id, firstTime: time, lastTime: time))
    }
    let index = part.runs.count - 1
    part.runs[index].lastID = id
    if let time {
      if let last = part.runs[index].lastTime { part.runs[index].jumps.note(from: last, to: time, at: id) }
      part.runs[index].firstTime = part.runs[index].firstTime ?? time
      part.runs[index].lastTime = time
    }
  }
}

extension EventStatistics.Key {
  init(_ record: EventRecord) {
    self.init(channel: record.channel ?? "", provider: record.provider ?? "", eventID: record.eventID ?? 0)
  }
}

extension EventSlotReader {
  fileprivate mutating func text(of field: SystemField) -> String {
    slot(of: field.rawValue).map { text(of: $0) } ?? ""
  }
}
