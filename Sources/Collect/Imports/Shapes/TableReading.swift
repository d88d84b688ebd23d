internal import WindowsFormats

/// Reads fields by a table; what the table does not know is left in the original.
func assign(_ fields: [EventField], _ table: KeyTable<SystemMember>, into record: inout EventRecord) {
  for field in fields { if let meaning = table[field.name] { record.assign(meaning, field.value, key: field.name) } }
}

/// Values in the order of the manifest, without names: named where the layout is known, else unnamed data.
func readInserts(_ inserts: [EventValue], into record: inout EventRecord) {
  if let named = WMIActivity.data(fromInserts: inserts, of: record) {
    record.data = [named]
  } else if !inserts.isEmpty {
    record.data = [EventField("Data", .array(inserts))]
  }
}
