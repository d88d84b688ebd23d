internal import Detection
internal import Sigma

/// What `yagura hunt` says.
extension Say {
  static let huntAbstract = Text(
    "Hunts through evidence with detection rules and says what was found.",
    "検知ルールで証拠を調べ、見つかったものを報告します。")
  static let huntDiscussion = Text(
    """
    Takes any mix of event logs, exports and archives; what a file is is decided by its content. The built-in rules are \
    about WMI; --rules adds Sigma rules, such as those of SigmaHQ.

    Exit codes: 0 ran, 1 something at or above --fail-level was found, 2 wrong arguments, 3 some input could not be read \
    (what could is reported), 4 nothing could be read, 70 internal error, 74 the output could not be written, \
    130 interrupted.
    """,
    """
    イベントログ、エクスポート、アーカイブをまとめて指定できます。種類は内容で判定します。組み込みルールは WMI を対象とし、\
    --rules で SigmaHQ などの Sigma ルールを追加できます。

    終了コード: 0 実行完了、1 --fail-level 以上の検知あり、2 引数の誤り、3 一部が読めなかった (読めた分は報告)、\
    4 何も読めなかった、70 内部エラー、74 出力に書き込めない、130 中断。
    """)
  static let huntFormat = Text("Form of the result (default: text).", "結果の形式 (既定は text)。")
  static let huntRulesOption = Text(
    "Sigma rules to add: files or folders.", "追加する Sigma ルール (ファイルまたはフォルダー)。")
  static let noBuiltinRules = Text("Do not use the built-in rules.", "組み込みルールを使いません。")
  static let minLevel = Text("Leave out findings below this level.", "この深刻度より低い検知を省きます。")
  static let failLevel = Text(
    "Exit with 1 when something at or above this level was found (default: never).",
    "この深刻度以上の検知があれば終了コード 1 で終わります (既定では 1 になりません)。")
  static let suppressions = Text(
    "YAML file of findings to leave out: rule, field values, reason, expiry.",
    "除外する検知を書いた YAML ファイル (ルール、フィールド値、理由、期限)。")
  static let levelsOption = Text(
    "YAML file that gives rules another level: 'rule id: level'.",
    "ルールの深刻度を変える YAML ファイル (「ルール ID: 深刻度」)。")
  static let placeholdersOption = Text(
    "YAML file with the values of %placeholders% in rules: 'name: [values]'.",
    "ルール中の %プレースホルダー% の値を書いた YAML ファイル (「名前: [値]」)。")
  static let filterPolarity = Text(
    "Whether a Sigma filter's condition says what to leave out (excludes) or what must also hold (requires).",
    "Sigma フィルターの条件を除外対象 (excludes) とみなすか、追加条件 (requires) とみなすか。")
  static let allFindings = Text(
    "With --format text: explain every detector, not only the gravest.",
    "--format text で、上位だけでなくすべての検知を説明します。")

  // MARK: The text report

  static func level(_ level: SigmaLevel) -> Text {
    switch level {
    case .critical: Text("critical", "緊急")
    case .high: Text("high", "高")
    case .medium: Text("medium", "中")
    case .low: Text("low", "低")
    case .informational: Text("info", "情報")
    }
  }

  static func huntRead(_ figures: HuntFigures) -> Text {
    var en = "\(count(figures.files, "file", "files")), \(count(figures.records, "record", "records"))"
    var ja = "\(figures.files) ファイル、レコード \(figures.records) 件"
    if figures.recovered > 0 {
      en += ", \(figures.recovered) recovered"
      ja += "、復元 \(figures.recovered) 件"
    }
    if let span = figures.timeSpan {
      en += ", \(span)"
      ja += "、\(span)"
    }
    return Text(en, ja)
  }

  static func huntGivenUp(_ rule: HuntFigures.GivenUp) -> Text {
    Text(
      "\(warning.en): \(rule.title.en): not checked on \(count(rule.events, "event", "events")), "
        + "a pattern took too many steps there",
      "\(warning.ja): \(rule.title.ja): パターンの照合が上限を超えたため、\(rule.events) 件のイベントで確認できませんでした")
  }

  static func huntRules(_ figures: HuntFigures) -> Text {
    let checked = figures.loadedRules - figures.notCheckable
    var en = "\(count(checked, "rule", "rules")) checked"
    var ja = "適用したルール \(checked) 件"
    if figures.notCheckable > 0 {
      en += ", \(figures.notCheckable) not checkable here"
      ja += "、ログがなく確認できないルール \(figures.notCheckable) 件"
    }
    if figures.refusedRules > 0 {
      en += ", \(figures.refusedRules) refused (yagura rules check says why)"
      ja += "、読み込めないルール \(figures.refusedRules) 件 (理由は yagura rules check で表示)"
    }
    if figures.suppressed > 0 {
      en += "; \(count(figures.suppressed, "finding", "findings")) suppressed"
      ja += "。除外した検知 \(figures.suppressed) 件"
    }
    return Text(en, ja)
  }

  static let huntFindings = Text("Findings", "検知")
  static func huntNothingFound(_ level: String) -> Text {
    Text(
      "Nothing was found at level \(level) or above. That means that no rule matched, not that nothing happened.",
      "深刻度 \(level) 以上の検知はありませんでした。該当するルールがなかったという意味であり、何も起きていないことの証明ではありません。")
  }
  static let huntWhen = Text("When", "日時")
  static let huntWhat = Text("What", "内容")
  static let huntWhy = Text("Why", "理由")
  static let huntNext = Text("Do next", "次の対応")
  static let huntIDs = Text("ATT&CK", "ATT&CK")
  static let huntEvidence = Text("Evidence", "証拠")
  static func huntTimes(_ number: Int) -> Text { Text("\(number)\u{A0}times", "\(number)\u{A0}回") }
  static let huntFurther = Text("Also found", "そのほかの検知")
  static let huntTimeline = Text("Timeline (UTC, medium and above)", "時系列 (UTC、深刻度「中」以上)")
  static let huntNoTime = Text("no time", "時刻なし")
  static let huntHosts = Text("Hosts", "ホスト")
  static let huntTactics = Text("ATT&CK tactics", "ATT&CK の戦術")
  static func huntNotCheckable(_ number: Int) -> Text {
    Text(
      number == 1
        ? "1 rule could not be checked: its log is not in the evidence"
        : "\(number) rules could not be checked: their logs are not in the evidence",
      "\(number) 件のルールは、必要なログが証拠にないため確認できません")
  }
  static func huntRuleCount(_ number: Int) -> Text { Text(count(number, "rule", "rules"), "\(number) 件") }
  static func huntAndMore(_ number: Int) -> Text { Text("and \(number) more", "ほか \(number) 件") }
  static func huntMoreGroups(_ number: Int) -> Text {
    Text("and \(number) more kinds; --format jsonl prints every finding", "ほか \(number) 種類。--format jsonl で全件を出力します")
  }
  static func huntMoreMoments(_ number: Int) -> Text { huntAndMore(number) }
  static func huntMoreHosts(_ number: Int) -> Text { Text("and \(number) more hosts", "ほか \(number) 台") }
  static func huntMoreLogs(_ number: Int) -> Text { Text("and \(number) more logs", "ほか \(number) 種類のログ") }
  static func huntRecords(_ ids: [String], areRecovered: Bool) -> Text {
    let list = ids.joined(separator: ",\u{A0}")
    let en = "\(areRecovered ? "recovered " : "")\(ids.count == 1 ? "record" : "records")\u{A0}\(list)"
    return Text(en, "\(areRecovered ? "復元レコード" : "レコード")\u{A0}\(list)")
  }
  static func huntSameResponse(_ number: Int) -> Text { Text("as for \(number)", "\(number) と同じ") }
  static let huntMore = Text(
    "More: --all explains every kind, --format jsonl prints every finding with its values and texts.",
    "--all ですべての種類を説明し、--format jsonl で全件を値と説明つきで出力します。")
  static func huntDone(_ findings: Int, _ figures: HuntFigures) -> Text {
    let seconds = Progress.decimal(figures.seconds)
    return Text(
      "\(count(findings, "finding", "findings")) in \(count(figures.records, "record", "records")), \(seconds) s",
      "レコード \(figures.records) 件から検知 \(findings) 件 (\(seconds) 秒)")
  }
  static func huntNeverSeen(_ routes: [EventRoute]) -> Text {
    let events = routes.prefix(3).map { route in
      route.channel + (route.eventIDs.map { " " + $0.prefix(4).map(String.init).joined(separator: "/") } ?? "")
    }.joined(separator: ", ")
    return Text("\(events) (never logged)", "\(events) (記録なし)")
  }
  static func noTemporaryFile(_ reason: String) -> Text {
    Text(
      "A temporary file cannot be used (\(reason)). TMPDIR names another folder.",
      "一時ファイルを使えません (\(reason))。TMPDIR で別のフォルダーを指定できます。")
  }

  // MARK: ATT&CK tactics

  /// In the order of the matrix, with the names of version 18 and of version 19 beside each other.
  static let tacticOrder = [
    "reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation",
    "stealth", "defense-evasion", "defense-impairment", "credential-access", "discovery", "lateral-movement",
    "collection", "command-and-control", "exfiltration", "impact",
  ]

  static func tactic(_ tactic: String) -> Text {
    switch tactic {
    case "reconnaissance": Text("Reconnaissance", "偵察")
    case "resource-development": Text("Resource Development", "リソース開発")
    case "initial-access": Text("Initial Access", "初期アクセス")
    case "execution": Text("Execution", "実行")
    case "persistence": Text("Persistence", "永続化")
    case "privilege-escalation": Text("Privilege Escalation", "権限昇格")
    case "stealth": Text("Stealth", "潜伏")
    case "defense-evasion": Text("Defense Evasion", "防御回避")
    case "defense-impairment": Text("Defense Impairment", "防御の妨害")
    case "credential-access": Text("Credential Access", "認証情報アクセス")
    case "discovery": Text("Discovery", "探索")
    case "lateral-movement": Text("Lateral Movement", "水平展開")
    case "collection": Text("Collection", "収集")
    case "command-and-control": Text("Command and Control", "C2 (遠隔操作)")
    case "exfiltration": Text("Exfiltration", "持ち出し")
    case "impact": Text("Impact", "影響")
    default: Text(tactic, tactic)
    }
  }
}
