internal import Assurance

/// What `yagura scenario` says.
extension Say {
  static let scenarioAbstract = Text(
    "Generates the event logs of known attacks, with the noise of an ordinary office around them.",
    "既知の攻撃のイベントログを、通常業務のノイズとともに生成します。")
  static let scenarioDiscussion = Text(
    """
    Hosts, accounts, addresses and hashes are invented. Each step says what is public record and what is inferred; the \
    events themselves are always inferred.
    """,
    """
    ホスト、アカウント、アドレス、ハッシュはすべて創作です。各ステップに、公開情報と推定の区別を示します。イベント自体は常に推定です。
    """)
  static let scenarioListAbstract = Text("Lists the built-in scenarios.", "組み込みのシナリオを一覧します。")
  static let scenarioShowAbstract = Text(
    "Shows a scenario's story, with sources and what supports each step.",
    "シナリオの経過を、出典と各ステップの根拠とともに表示します。")
  static let scenarioWriteAbstract = Text(
    "Writes the event logs of a scenario, one folder for each host.", "シナリオのイベントログをホストごとのフォルダーに書き出します。")
  static let scenarioWriteDiscussion = Text(
    """
    The same scenario, seed and start give the same bytes. What is there already is never written over.

    Exit codes: 0 written, 2 wrong arguments or an unusable scenario, 74 the output could not be written.
    """,
    """
    同じシナリオ、シード、開始日からは同じバイト列ができます。既存のファイルは上書きしません。

    終了コード: 0 書き出し完了、2 引数の誤りまたは使えないシナリオ、74 出力に書き込めない。
    """)
  static let scenarioArgument = Text(
    "Name of a built-in scenario, or a scenario file (.yml).", "組み込みシナリオの名前、またはシナリオファイル (.yml)。")
  static let scenarioOut = Text("Folder to write to; it must be new or empty.", "書き出し先のフォルダー (新規または空)。")
  static let scenarioSeed = Text(
    "Chooses times, identifiers, ports and programs.", "時刻、識別子、ポート、プログラムを決める乱数のシード。")
  static let scenarioStart = Text(
    "First day of the case (default: the scenario's own).", "最初の日 (既定はシナリオの指定)。")
  static let scenarioAnswers = Text(
    "Also write which records show which step, as JSON lines; keep it outside the folder.",
    "どのレコードがどのステップを示すかも JSON Lines で書き出します。フォルダーの外に置いてください。")

  static func unknownScenario(_ name: String, _ known: [String]) -> Text {
    let list = known.joined(separator: ", ")
    let name = Terminal.visible(name)
    return Text(
      "There is no scenario '\(name)'. Built in: \(list). A file needs a path or the ending .yml.",
      "シナリオ '\(name)' はありません。組み込み: \(list)。ファイルはパスか .yml で終わる名前で指定してください。")
  }
  static func cannotRead(_ path: String, _ reason: String) -> Text {
    Text("Cannot read \(path): \(reason)", "\(path) を読めません: \(reason)")
  }
  static let folderNotEmpty = Text("the folder is not empty", "フォルダーが空ではありません")

  // MARK: Stories

  private static func text(_ text: ScenarioText) -> Text { Text(text.en, text.ja) }

  static func scenarioRow(_ scenario: Assurance.Scenario) -> Text {
    let grades = Assurance.Scenario.Grade.allCases.compactMap { grade in
      let number = scenario.steps.count { $0.grade == grade }
      return number == 0 ? nil : "\(grade.rawValue) \(number)"
    }.joined(separator: ", ")
    let (hosts, days, steps) = (scenario.hosts.count, scenario.days, scenario.steps.count)
    return Text(
      """
      \(scenario.name)
          \(scenario.title.en)
          \(count(hosts, "host", "hosts")), \(count(days, "day", "days")), \(count(steps, "step", "steps")); \
      support: \(grades)
      """,
      """
      \(scenario.name)
          \(scenario.title.ja)
          \(hosts) 台、\(days) 日間、\(steps) ステップ。根拠の等級: \(grades)
      """)
  }

  static func scenarioStory(_ scenario: Assurance.Scenario) -> Text {
    var en = "\(scenario.title.en)\n\n\(scenario.description.en)\n\nSteps\n"
    var ja = "\(scenario.title.ja)\n\n\(scenario.description.ja)\n\nステップ\n"
    for (index, step) in scenario.steps.enumerated() {
      let cited = step.sources.isEmpty ? "" : " [\(step.sources.joined(separator: ", "))]"
      en += "\n\(index + 1). \(step.title.en)\n   Public record (\(grade(step.grade).en)): \(step.record.en)\(cited)\n"
      en += "   Inferred or invented: \(step.inference.en)\n"
      ja += "\n\(index + 1). \(step.title.ja)\n   公開情報 (\(grade(step.grade).ja)): \(step.record.ja)\(cited)\n"
      ja += "   推定・創作: \(step.inference.ja)\n"
    }
    guard !scenario.sources.isEmpty else { return Text(en, ja) }
    let sources = scenario.sources.map { source in
      "\(source.id): \(source.title)" + (source.url.map { ", \($0)" } ?? "") + "\n"
    }.joined()
    return Text(en + "\nSources\n\n" + sources, ja + "\n出典\n\n" + sources)
  }

  static func grade(_ grade: Assurance.Scenario.Grade) -> Text {
    switch grade {
    case .read: Text("A, the text was read", "A、本文を確認")
    case .catalogued: Text("B, from the ATT&CK catalogue", "B、ATT&CK の記載による")
    case .recalled: Text("C, recalled from the report, not read again", "C、報告の記憶による (未確認)")
    case .inferred: Text("D, none", "D、なし")
    }
  }

  static func scenarioWritten(_ generated: GeneratedCase, _ folder: String) -> Text {
    let files = generated.hosts.flatMap(\.files)
    let bytes = files.reduce(0) { $0 + $1.bytes.count }
    let events = generated.hosts.reduce(0) { $0 + $1.writtenCount }
    let lost = generated.hosts.reduce(0) { $0 + $1.events.count } - events
    let megabytes = "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
    let (hosts, place) = (generated.hosts.count, Terminal.visible(folder))
    return Text(
      "\(count(events, "event", "events")) of \(count(hosts, "host", "hosts")) in \(count(files.count, "log", "logs")), "
        + "\(megabytes), written to \(place)"
        + (lost > 0 ? "; \(lost) more were lost when logs were cleared" : ""),
      "\(hosts) 台のイベント \(events) 件を \(files.count) 個のログ (\(megabytes)) として \(place) に書き出しました"
        + (lost > 0 ? " (ほか \(lost) 件はログの消去で失われました)" : ""))
  }

  // MARK: What is wrong in a file

  static func recipe(_ error: RecipeError) -> Text {
    let subject = Terminal.visible(error.subject)
    let tail = subject.isEmpty ? "" : ": \(subject)"
    let reason = recipeReason(error.code)
    let place = Terminal.visible(error.place.description)
    return Text("\(place): \(reason.en)\(tail)", "\(place): \(reason.ja)\(tail)")
  }

  private static func recipeReason(_ code: RecipeError.Code) -> Text {
    switch code {
    case .fileTooLarge: Text("the file is too large", "ファイルが大きすぎます")
    case .notUTF8: Text("the file is not UTF-8", "UTF-8 ではありません")
    case .invalidYAML: Text("not valid YAML", "YAML として正しくありません")
    case .tooManyValues: Text("too many values", "値が多すぎます")
    case .tooDeep: Text("nested too deeply", "入れ子が深すぎます")
    case .tooManyAliases: Text("too many aliases", "エイリアスが多すぎます")
    case .duplicateKey: Text("is there twice", "重複しています")
    case .empty: Text("the file is empty", "ファイルが空です")
    case .notAMap: Text("a map is needed here", "ここにはマップが必要です")
    case .notAList: Text("a list is needed here", "ここにはリストが必要です")
    case .notAText: Text("a text is needed here", "ここには文字列が必要です")
    case .missing: Text("is missing", "がありません")
    case .unknownKey: Text("unknown key", "不明なキーです")
    case .unknownField: Text("the event has no such field", "このイベントにないフィールドです")
    case .wrongValue: Text("the value does not fit", "値が正しくありません")
    case .wrongPayload: Text("the event has its data elsewhere", "このイベントのデータの置き場所が違います")
    case .tooMany: Text("too many", "多すぎます")
    case .unknownName: Text("unknown name", "不明な名前です")
    case .unknownVariable: Text("unknown variable", "不明な変数です")
    case .unwritable: Text("the event cannot be written", "書き込めないイベントです")
    default: Text(code.description, code.description)
    }
  }
}
