internal import WindowsFormats

/// Fields in order, where a repeated name turns its value into an array.
struct FieldCollector {
  private(set) var fields: [EventField] = []
  private var places: [String: Int] = [:]
  /// Places whose array was made here, as opposed to a value that is an array itself.
  private var merged: Set<Int> = []

  mutating func add(_ name: String, _ value: EventValue) {
    guard let place = place(of: name) else {
      if !places.isEmpty { places[name] = fields.count }
      fields.append(EventField(name, value))
      return
    }
    if merged.contains(place), case .array(var values) = fields[place].value {
      // Taken out first, so that the array is not copied at every step.
      fields[place].value = .null
      values.append(value)
      fields[place].value = .array(values)
    } else {
      merged.insert(place)
      fields[place].value = .array([fields[place].value, value])
    }
  }

  /// A value that is an array even when it stands alone.
  mutating func addToArray(_ name: String, _ value: EventValue) {
    if place(of: name) == nil {
      add(name, .array([value]))
      merged.insert(fields.count - 1)
    } else {
      add(name, value)
    }
  }

  /// Linear while there are few fields, by dictionary after that: a hostile record may have a million.
  private mutating func place(of name: String) -> Int? {
    if fields.count < 24 { return fields.firstIndex { $0.name == name } }
    if places.isEmpty {
      for (index, field) in fields.enumerated() where places[field.name] == nil { places[field.name] = index }
    }
    return places[name]
  }
}
