/// The scenarios that are part of the program: the files of `Scenarios/`, put in when it was built.
public enum BuiltinScenarios {
  /// Names, in order.
  public static var names: [String] { EmbeddedScenarios.files.map { name(ofFile: $0.path) } }

  /// Nil when there is no scenario of this name.
  public static func scenario(named name: String) throws(RecipeError) -> Scenario? {
    guard let file = EmbeddedScenarios.files.first(where: { self.name(ofFile: $0.path) == name }) else { return nil }
    return try Scenario(parsing: file.text, name: name, file: "Scenarios/\(file.path)")
  }

  /// What a file's scenario is called: its name without folder and `.yml`.
  public static func name(ofFile path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.hasSuffix(".yml") ? name.dropLast(4) : name)
  }
}
