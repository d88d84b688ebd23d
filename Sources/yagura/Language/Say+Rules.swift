internal import Sigma

/// What is said about rules and settings.
extension Say {
  static let rulesAbstract = Text("Lists, checks and tests detection rules.", "検知ルールの一覧・検査・テストを行います。")
  static let rulesListAbstract = Text("Prints the rules with level, log source and title.", "ルールの深刻度、ログソース、題名を一覧します。")
  static let rulesCheckAbstract = Text(
    "Says of each rule whether it can be used, and if not, why and where.", "各ルールが使えるかどうか、使えなければ理由と場所を示します。")
  static let rulesTestAbstract = Text(
    "Runs the rules on their fixtures: what must be found and what must not.", "テストデータでルールを検証します (検知すべきもの、すべきでないもの)。")
  static let rulesCoverageAbstract = Text(
    "Prints an ATT&CK Navigator layer of what the rules cover.", "ルールが対象とする技術を ATT&CK Navigator のレイヤーとして出力します。")
  static let rulesPaths = Text(
    "Rules: files or folders. Without one, the built-in rules.", "ルールのファイルまたはフォルダー。省略すると組み込みルール。")
  static let rulesFormat = Text("Form of the output.", "出力形式。")
  static let fixturesPaths = Text(
    "Folders with info.yml files, as those of SigmaHQ's regression_data.",
    "info.yml のあるフォルダー (SigmaHQ の regression_data と同じ形)。")
  static let noRuleCache = Text(
    "Compile the rules anew and keep nothing: neither read nor write the cache ($YAGURA_CACHE, else ~/.cache/yagura).",
    "ルールを必ずコンパイルし直し、キャッシュ ($YAGURA_CACHE、なければ ~/.cache/yagura) を読み書きしません。")
  static let noRules = Text(
    "There is no rule to look for: give --rules, or leave out --no-builtin-rules.",
    "ルールがありません。--rules を指定するか、--no-builtin-rules を外してください。")
  static func rulesChecked(ok: Int, refused: Int, warnings: Int) -> Text {
    Text(
      "\(count(ok, "rule", "rules")) usable, \(refused) refused, \(count(warnings, "warning", "warnings"))",
      "使えるルール \(ok) 件、読み込めないルール \(refused) 件、警告 \(warnings) 件")
  }
  static func rulesTested(passed: Int, failed: Int) -> Text {
    Text("\(count(passed, "test", "tests")) passed, \(failed) failed", "成功 \(passed) 件、失敗 \(failed) 件")
  }
  static let rulesTestDiscussion = Text(
    """
    Without PATH, Rules/Regression in the current folder is tested. Each failed test is one line.

    Exit codes: 0 all passed, 1 a test failed, 2 wrong arguments or no test, 74 the output could not be written.
    """,
    """
    PATH を省略すると、現在のフォルダーの Rules/Regression を使います。失敗したテストを 1 行ずつ出力します。

    終了コード: 0 すべて成功、1 失敗あり、2 引数の誤りまたはテストなし、74 出力に書き込めない。
    """)
  static func testFailed(_ result: FixtureRun.Result) -> Text {
    let test = result.test.isEmpty ? "" : ": \(Terminal.visible(result.test)) (\(Terminal.visible(result.rule)))"
    let name = Terminal.visible(result.fixture) + test
    if let problem = result.problem { return Text("\(name): \(problem.en)", "\(name): \(problem.ja)") }
    guard let expected = result.expected else {
      return Text("\(name): expected a finding, found none", "\(name): 検知があるはずですが、ありません")
    }
    return Text(
      "\(name): expected \(expected), found \(result.found)", "\(name): 期待 \(expected) 件、実際 \(result.found) 件")
  }
  static let testedRuleMissing = Text(
    "the rule is not among those loaded (--rules adds some)", "このルールは読み込まれていません (--rules で追加できます)")
  static let testNotWritable = Text("the events cannot be written as a log", "イベントをログとして書き出せません")
  static func testFileMissing(_ path: String) -> Text {
    Text("there is no file \(path)", "ファイル \(path) がありません")
  }
  static func noFixtures(_ usual: String) -> Text {
    usual.isEmpty
      ? Text("There is no info.yml in what was given.", "指定された場所に info.yml がありません。")
      : Text(
        "There is no \(usual) here: say where fixtures are.", "ここに \(usual) がありません。テストデータの場所を指定してください。")
  }

  static func diagnostic(_ diagnostic: SigmaDiagnostic) -> Text {
    let place =
      "\(Terminal.visible(diagnostic.location.path)):\(diagnostic.location.line):\(diagnostic.location.column)"
    let reason = reason(diagnostic)
    return Text("\(place): \(reason.en)", "\(place): \(reason.ja)")
  }

  /// Why a document was refused or is doubtful, without its place.
  static func reason(_ diagnostic: SigmaDiagnostic) -> Text {
    let text = reasons[diagnostic.reason.rawValue] ?? Text(diagnostic.reason.rawValue, diagnostic.reason.rawValue)
    guard !diagnostic.subject.isEmpty else { return text }
    let subject = Terminal.visible(diagnostic.subject)
    return Text("\(text.en): \(subject)", "\(text.ja): \(subject)")
  }

  private static let reasons: [String: Text] = [
    "file-too-large": Text("the file is too large", "ファイルが大きすぎます"),
    "not-utf8": Text("the file is not UTF-8", "ファイルが UTF-8 ではありません"),
    "invalid-yaml": Text("not valid YAML", "YAML として正しくありません"),
    "duplicate-key": Text("a key occurs twice", "キーが重複しています"),
    "unsupported-key": Text("this key is not known here", "ここでは使えないキーです"),
    "too-many-documents": Text("too many documents in one file", "1 つのファイルの文書数が多すぎます"),
    "too-many-aliases": Text("too many YAML aliases", "YAML のエイリアスが多すぎます"),
    "too-many-values": Text("too many values", "値が多すぎます"),
    "too-deep": Text("nested too deep", "入れ子が深すぎます"),
    "text-too-long": Text("a text is too long", "文字列が長すぎます"),
    "not-a-map": Text("not a map", "マップではありません"),
    "unsupported-action": Text("'action' documents are not part of Sigma 2", "'action' 文書は Sigma 2 にありません"),
    "missing-key": Text("a key is missing", "キーがありません"),
    "wrong-type": Text("the value has the wrong type", "値の型が違います"),
    "title-too-long": Text("the title is longer than 256 characters", "題名が 256 文字を超えています"),
    "invalid-id": Text("the id is no UUID", "ID が UUID ではありません"),
    "unknown-level": Text("unknown level", "不明な深刻度です"),
    "unknown-status": Text("unknown status", "不明な status です"),
    "invalid-date": Text("not a date (YYYY-MM-DD)", "日付 (YYYY-MM-DD) ではありません"),
    "empty-log-source": Text("the log source is empty", "logsource が空です"),
    "too-many-custom-keys": Text("too many keys of its own", "独自のキーが多すぎます"),
    "empty-selection": Text("a selection is empty", "セレクションが空です"),
    "unsupported-nesting": Text("values are nested where they must not be", "値の入れ子が正しくありません"),
    "unknown-modifier": Text("unknown modifier", "不明な修飾子です"),
    "wrong-value-type": Text("the modifier does not take this value", "この修飾子には使えない値です"),
    "wrong-modifier-order": Text("modifiers cannot stand in this order", "修飾子の順序が正しくありません"),
    "needs-field": Text("the modifier needs a field", "この修飾子にはフィールドが必要です"),
    "empty-value-list": Text("the list of values is empty", "値のリストが空です"),
    "null-in-value-list": Text("null stands in a list of values", "値のリストに null があります"),
    "all-on-single-value": Text("'all' has no meaning for a single value", "値が 1 つのときの 'all' に意味はありません"),
    "without-effect": Text("has no effect", "効果がありません"),
    "wildcard-not-allowed": Text("wildcards are not allowed here", "ここではワイルドカードを使えません"),
    "too-many-dashes": Text("too many dashes for 'windash'", "'windash' のハイフンが多すぎます"),
    "not-encodable": Text("cannot be encoded", "エンコードできません"),
    "invalid-network": Text("not a network address", "ネットワークアドレスではありません"),
    "unresolved-placeholder": Text(
      "a placeholder has no value (see --placeholders)", "プレースホルダーの値がありません (--placeholders)"),
    "no-placeholder": Text("'expand' without a placeholder", "'expand' にプレースホルダーがありません"),
    "legacy-aggregation": Text(
      "'| count()' is from Sigma 1; use a correlation", "'| count()' は Sigma 1 の書式です。correlation を使ってください"),
    "legacy-timeframe": Text(
      "'timeframe' is from Sigma 1; use a correlation", "'timeframe' は Sigma 1 の書式です。correlation を使ってください"),
    "condition-too-long": Text("the condition is too long", "条件式が長すぎます"),
    "invalid-condition": Text("the condition cannot be understood", "条件式を解釈できません"),
    "operator-not-lower-case": Text("operators are written in lower case", "演算子は小文字で書きます"),
    "unsupported-quantifier": Text("this quantifier is not known", "不明な量化子です"),
    "unknown-selection": Text("the condition names a selection that is not there", "条件式のセレクションが定義されていません"),
    "unused-selection": Text("a selection is not used", "使われていないセレクションがあります"),
    "expression-too-large": Text("the rule is too large", "ルールが大きすぎます"),
    "unknown-correlation-type": Text("unknown type of correlation", "不明な correlation の種類です"),
    "invalid-timespan": Text("not a time span", "期間の書き方が正しくありません"),
    "invalid-threshold": Text("not a threshold", "しきい値が正しくありません"),
    "invalid-percentile": Text("not a percentile", "パーセンタイルが正しくありません"),
    "rule-not-in-condition": Text("a rule is not in the condition", "条件に現れないルールがあります"),
    "rule-not-listed": Text("the condition names a rule that is not listed", "条件のルールが rules にありません"),
    "unknown-rule": Text("refers to a rule that is not there", "参照先のルールがありません"),
    "correlation-cycle": Text("correlations refer to each other in a circle", "correlation が循環参照しています"),
    "duplicate-id": Text("the id is taken by an earlier rule", "ID が先のルールと重複しています"),
    "duplicate-name": Text("the name is taken by an earlier rule", "名前が先のルールと重複しています"),
    "filter-outside-log-source": Text("the filter is for another log source", "フィルターの logsource が異なります"),
    "doubtful-filter-polarity": Text(
      "the filter may mean the opposite (see --filter-polarity)", "フィルターの意味が逆の可能性があります (--filter-polarity)"),
    "invalid-regular-expression": Text("not a regular expression of PCRE2", "PCRE2 の正規表現ではありません"),
  ]
}
