/// Words of the statistics.
extension Say {
  static let unknownChannel = Text("(no channel)", "(チャンネルなし)")
  static let columnEvent = Text("event", "イベント")
  static let columnCount = Text("count", "件数")
  static let columnFirst = Text("first (UTC)", "最初 (UTC)")
  static let columnLast = Text("last (UTC)", "最後 (UTC)")
  static func columnDays(_ from: String, _ to: String, _ perBar: Int) -> Text {
    perBar == 1
      ? Text("per day, \(from) to \(to)", "日別 \(from) ～ \(to)")
      : Text("per \(perBar) days, \(from) to \(to)", "\(perBar) 日ごと \(from) ～ \(to)")
  }
  static func channelTotal(_ records: Int, _ events: Int) -> Text {
    Text("\(count(records, "record", "records")), \(count(events, "kind", "kinds"))", "\(records) 件、\(events) 種類")
  }
  static let findings = Text("Numbering and clock", "番号と時計")
  static func gaps(_ count: Int, _ missing: UInt64) -> Text {
    Text(
      "\(count) \(count == 1 ? "gap" : "gaps") in the record numbers, \(missing) \(missing == 1 ? "number" : "numbers") missing",
      "レコード番号の欠落 \(count) か所、計 \(missing) 件")
  }
  static func gap(_ after: UInt64, _ before: UInt64, _ missing: UInt64, _ times: String) -> Text {
    Text("\(after) → \(before): \(missing) missing, \(times)", "\(after) → \(before): \(missing) 件欠落、\(times)")
  }
  static func jumps(_ count: Int) -> Text {
    Text(
      "the clock goes back \(count) \(count == 1 ? "time" : "times") by more than a minute",
      "1 分を超える時計の逆行 \(count) 回")
  }
  static func jump(_ id: UInt64, _ from: String, _ to: String) -> Text {
    Text("record \(id): \(from) → \(to)", "レコード \(id): \(from) → \(to)")
  }
}
