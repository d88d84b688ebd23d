import Testing

@testable import Detection

@Suite struct DerivedFieldTests {
  @Test func namesAreReservedAndLeadBack() {
    for field in DerivedField.allCases {
      #expect(field.name.hasPrefix("yagura."))
      #expect(DerivedField(name: field.name) == field)
    }
    #expect(DerivedField(name: "yagura.NoSuchField") == nil)
  }

  @Test func withoutInputsNothingIsDerived() {
    for field in DerivedField.allCases where !field.inputs.isEmpty {
      #expect(field.value(of: field.inputs.map { _ in nil }) == nil, "\(field)")
      #expect(field.value(of: []) == nil, "\(field)")
    }
    for field in DerivedField.allCases where field.inputs.isEmpty {
      #expect(field.value(of: []) == field.possibleValues?.first, "\(field)")
    }
  }

  @Test func anyTextGivesAValueThatIsAmongThePossibleOnes() {
    let texts = ["", "-", "%%1904", "%%1905", "%%1906", "%%14592", "%%14593", "0x", "\\", "::", "x", "\u{0}", "😀"]
    for field in DerivedField.allCases {
      for text in texts {
        guard let value = field.value(of: field.inputs.map { _ in text }), let possible = field.possibleValues else {
          continue
        }
        #expect(possible.contains(value), "\(field) \(text)")
      }
    }
  }

  @Test(
    arguments: [
      (["S-1-5-19", "CORP", "H$"], "NT AUTHORITY\\LOCAL SERVICE"), (["S-1-5-21-1", "CORP", "mori"], "CORP\\mori"),
      (["S-1-5-21-1", "-", "mori"], "mori"), (["S-1-0-0", "-", "-"], nil),
      (["S-1-5-18", "-", "-"], "NT AUTHORITY\\SYSTEM"),
      ([nil, "CORP", "mori"], "CORP\\mori"),
    ] as [([String?], String?)])
  func accountsAreNamedAsSysmonDoes(_ inputs: [String?], _ expected: String?) {
    #expect(DerivedField.subjectUser.value(of: inputs) == expected)
    // The same as creator, with no target.
    #expect(DerivedField.processUser.value(of: ["S-1-0-0", "-", "-"] + inputs) == expected)
  }

  @Test(arguments: [
    ("0x1f4", "500"), ("0X1F4", "500"), ("500", "500"), ("0x", "0x"), ("0xffffffffffffffff", "18446744073709551615"),
    ("0x1ffffffffffffffff", "0x1ffffffffffffffff"), ("abc", "abc"),
  ])
  func processNumbersAreDecimal(_ text: String, _ expected: String) {
    #expect(DerivedField.processID.value(of: [text]) == expected)
  }

  @Test(arguments: [
    ("S-1-16-0", "Untrusted"), ("S-1-16-4096", "Low"), ("S-1-16-8192", "Medium"), ("S-1-16-12288", "High"),
    ("S-1-16-16384", "System"), ("S-1-16-8448", "S-1-16-8448"),
  ])
  func labelsAreIntegrityLevels(_ label: String, _ expected: String) {
    #expect(DerivedField.integrityLevel.value(of: [label]) == expected)
  }

  @Test(
    arguments: [
      ("\\REGISTRY\\MACHINE\\SOFTWARE\\Microsoft", "Run", "HKLM\\SOFTWARE\\Microsoft\\Run"),
      ("\\Registry\\Machine\\System\\ControlSet002\\Control", "a", "HKLM\\System\\CurrentControlSet\\Control\\a"),
      ("\\REGISTRY\\MACHINE\\SYSTEM\\ControlSetABC", "a", "HKLM\\SYSTEM\\ControlSetABC\\a"),
      ("\\REGISTRY\\MACHINE\\SYSTEM\\Select", "a", "HKLM\\SYSTEM\\Select\\a"),
      ("\\REGISTRY\\MACHINE\\SOFTWARE\\Classes\\CLSID", "a", "HKCR\\CLSID\\a"),
      ("\\REGISTRY\\USER\\S-1-5-21-1_Classes\\x", "a", "HKU\\S-1-5-21-1_Classes\\x\\a"),
      ("\\REGISTRY\\MACHINE", "a", "HKLM\\a"), ("\\REGISTRY\\A\\{1}", "a", "\\REGISTRY\\A\\{1}\\a"),
      ("\\REGISTRY\\USER\\x", "", "HKU\\x\\(Default)"), ("\\REGISTRY\\USER\\x", nil, "HKU\\x"),
      ("REGISTRY", "a", "REGISTRY\\a"),
      ("\\", "a", "\\\\a"),
    ] as [(String, String?, String)])
  func keysAreAbbreviated(_ key: String, _ value: String?, _ expected: String) {
    #expect(DerivedField.registryTarget.value(of: [key, value]) == expected)
  }

  @Test(
    arguments: [
      ("1", "%%1876", "DWORD (0x00000001)"), ("0x10", "%%1876", "DWORD (0x00000010)"),
      ("4294967295", "REG_DWORD", "DWORD (0xffffffff)"),
      ("0xF000000000000000", "%%1883", "QWORD (0xf0000000-0x00000000)"),
      ("text", "%%1873", "text"), ("", "%%1873", "(Empty)"), ("-", "%%1873", "(Empty)"),
      ("0A0B", "%%1875", "Binary Data"),
      ("odd", "%%1876", "odd"), ("text", nil, "text"),
    ] as [(String, String?, String)])
  func valuesAreWrittenAsSysmonDoes(_ value: String, _ type: String?, _ expected: String) {
    #expect(DerivedField.registryDetails.value(of: [value, type]) == expected)
  }

  @Test(arguments: [
    ("\\device\\harddiskvolume2\\windows\\a.exe", "C:\\windows\\a.exe"),
    ("\\Device\\HarddiskVolume12\\a.exe", "C:\\a.exe"), ("System", "System"),
    ("\\device\\harddiskvolume\\a.exe", "\\device\\harddiskvolume\\a.exe"),
    ("\\device\\harddiskvolume2", "\\device\\harddiskvolume2"),
    ("\\device\\harddiskvolumeX\\a", "\\device\\harddiskvolumeX\\a"),
    ("\\device\\mup\\srv\\a", "\\device\\mup\\srv\\a"),
  ])
  func volumesAreTheSystemDrive(_ path: String, _ expected: String) {
    #expect(DerivedField.connectionImage.value(of: [path]) == expected)
  }

  @Test(arguments: [
    ("file:_C:\\a.js", "C:\\a.js"), ("containerfile:_C:\\a.zip; file:_C:\\b", "C:\\a.zip; file:_C:\\b"),
    ("C:\\a.js", "C:\\a.js"), ("amsi:C:\\a.js", "amsi:C:\\a.js"), ("x", "x"), (":_", ":_"),
  ])
  func pathsOfDefenderLoseTheirKind(_ path: String, _ expected: String) {
    #expect(DerivedField.defenderPath.value(of: [path]) == expected)
  }
}
