internal import WindowsFormats

/// Event XML: what wevtutil, Event Viewer, forwarding and every "raw XML" mode of a shipper write.
enum EventXML {
  /// Reads an `<Event>` element. False when there is no `System` in it.
  static func read(_ event: XMLElement, into record: inout EventRecord) -> Bool {
    guard event.name == "Event", event.children.contains(where: { $0.name == "System" }) else { return false }
    // Data keeps the order and repetition that a keyed tree would lose, so it is read from the elements.
    var rest = event
    rest.children.removeAll { $0.name == "EventData" }
    guard case .object(let fields) = rest.value, EventTree.read(fields, into: &record) else { return false }
    for child in event.children where child.name == "EventData" { readData(child, into: &record) }
    return true
  }

  private static func readData(_ eventData: XMLElement, into record: inout EventRecord) {
    if let name = eventData.attributes["Name"] { record.keep(name, "EventData.Name") }
    var data = FieldCollector()
    for child in eventData.children {
      guard child.name == "Data" else {
        data.add(child.name, child.value)
        continue
      }
      var content = child
      content.attributes.removeAll { $0.name == "Name" }
      if let name = child.attributes["Name"]?.string {
        data.add(name, content.value)
      } else {
        data.addToArray("Data", content.value)
      }
    }
    record.data += data.fields
  }
}
