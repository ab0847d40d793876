using System.Reflection;
using PSFineTune.Audit;
using PSFineTune.Audit.Rules;
using PSFineTune.Data;
using PSFineTune.Data.Samples;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What audits find in texts: each plant by its rule and no other one, and nothing where nothing is planted.</summary>
public class TextAuditTests
{
    const string Long = "the printer in the long corridor of building seven jams whenever a page is printed on both sides";

    // Rows to add, and rule, severity, row and related row of what is to be found; rows are counted from the first one added.
    static readonly (string Name, (string Text, string Label, Split Split)[] Rows, (string Rule, FindingSeverity Severity, int? Row, int? Related)[] Found)[] s_plants =
    [
        ("copies", [("Restart it, please!", "a", Split.Train), ("restart it please", "a", Split.Train), ("ＲＥＳＴＡＲＴ   it\nplease…", "a", Split.Train)],
            [(nameof(DuplicateText), FindingSeverity.Warning, 1, 0), (nameof(DuplicateText), FindingSeverity.Warning, 2, 0)]),
        ("a leak", [("Restart it, please!", "a", Split.Test), ("restart it please", "a", Split.Train)], [(nameof(TextLeak), FindingSeverity.Error, 0, 1)]),
        ("a conflict", [("Restart it, please!", "a", Split.Train), ("restart it please", "b", Split.Train)], [(nameof(ConflictingTextLabel), FindingSeverity.Error, 1, 0)]),
        ("a near copy", [(Long, "a", Split.Train), (Long + " again", "a", Split.Train)], [(nameof(NearDuplicateText), FindingSeverity.Information, 1, 0)]),
        ("a near leak", [(Long + " again", "a", Split.Validation), (Long, "a", Split.Train)], [(nameof(NearDuplicateText), FindingSeverity.Warning, 0, 1)]),
        ("misread UTF-8", [("the cafÃ© is closed and itâ€™s raining", "a", Split.Train)], [(nameof(EncodingDamage), FindingSeverity.Warning, 0, null)]),
        ("misread Cyrillic", [("the note says Ð¿Ñ€Ð¸Ð²ÐµÑ‚ to all", "a", Split.Train)], [(nameof(EncodingDamage), FindingSeverity.Warning, 0, null)]),
        ("replaced characters", [("the caf\uFFFD is closed today", "a", Split.Train)], [(nameof(EncodingDamage), FindingSeverity.Warning, 0, null)]),
        ("control characters", [("the \u001B[31mred\u001B[0m light is on", "a", Split.Train)], [(nameof(EncodingDamage), FindingSeverity.Warning, 0, null)]),
        ("HTML", [("the light is <b class=\"x\">red</b>&nbsp;today", "a", Split.Train)], [(nameof(HtmlRemains), FindingSeverity.Information, 0, null)]),
        ("no words", [("https://example.com/a?b=1 12345 !!", "a", Split.Train), ("+49 221 1234567", "b", Split.Train)],
            [(nameof(WordlessText), FindingSeverity.Information, 0, null), (nameof(WordlessText), FindingSeverity.Information, 1, null)]),
        ("another script", [("принтер не работает", "a", Split.Train)], [(nameof(LanguageMix), FindingSeverity.Information, 0, null)]),
        ("another language", [("der Drucker ist seit gestern nicht mehr zu erreichen und wir können die Berichte nicht drucken", "a", Split.Train)], [(nameof(LanguageMix), FindingSeverity.Information, 0, null)]),
        ("joined rows", [(string.Concat(Enumerable.Range(0, 400).Select(i => $"row {i} word{i * 7} ")), "a", Split.Train)],
            [(nameof(LongText), FindingSeverity.Warning, 0, null), (nameof(LongText), FindingSeverity.Information, null, null)]),
    ];

    public static TheoryData<string> Plants => [.. s_plants.Select(plant => plant.Name)];

    // What cannot be used is found in files alone.
    public static TheoryData<string> Rules => [.. RulesOfTexts.Select(rule => rule.Name).Where(rule => rule is not nameof(UnusableText))];

    static IEnumerable<AuditRule> RulesOfTexts => Catalog<AuditRule>.Types
        .Where(type => type.GetMethod("CheckTexts", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null)
        .Select(type => Catalog<AuditRule>.Create(type.Name));

    [Theory, MemberData(nameof(Plants))]
    public void What_is_planted_is_found_and_nothing_else(string name)
    {
        var plant = s_plants.Single(plant => plant.Name == name);
        var clean = Clean();
        var found = Audit([.. clean, .. plant.Rows]);
        // Held texts have no files: their lines are their rows.
        Assert.Equal(plant.Found.Select(one => (one.Rule, one.Severity, one.Row + clean.Count + 1, one.Related + clean.Count + 1)), found.Select(one => (one.Rule, one.Severity, one.Line, one.RelatedLine)));
        Assert.All(found, one => Assert.EndsWith(".", one.Message));
        Assert.All(found, one => Assert.EndsWith(".", one.Action));
    }

    [Theory, MemberData(nameof(Rules))]
    public void Every_rule_of_texts_has_a_plant(string rule) => Assert.Contains(s_plants, plant => plant.Found.Any(found => found.Rule == rule));

    [Fact]
    public void In_clean_texts_nothing_is_found() => Assert.Empty(Audit(Clean()));

    [Theory]
    [InlineData("«CAFÉ» und »JÄGER«, 20 °C, ½ €, naïve Œuvre — “É” über Straße…"), InlineData("O’Neill’s “test” – ok"), InlineData("Привет, «мир»"), InlineData("我们每天 — 训练“分类器”"), InlineData("a < b && c > d; AT&T; x<y>z"), InlineData("tab\tand\r\nline 🙂")]
    public void What_is_well_written_has_no_mark(string text) => Assert.Equal(TextMarks.None, TextMark.Of(text));

    [Theory]
    [InlineData("Ã¼ber", nameof(TextMarks.Misread)), InlineData("donâ€™t", nameof(TextMarks.Misread)), InlineData("â‚¬ 5", nameof(TextMarks.Misread)), InlineData("20 Â°C", nameof(TextMarks.Misread)), InlineData("ðŸ™‚ hi", nameof(TextMarks.Misread)), InlineData("ä¸­æ–‡ text", nameof(TextMarks.Misread))]
    [InlineData("锟斤拷 x", nameof(TextMarks.Replaced)), InlineData("a\u0000b", nameof(TextMarks.Control)), InlineData("x &lt;#&gt; y", nameof(TextMarks.Html)), InlineData("line<br/>line", nameof(TextMarks.Html)), InlineData("info@example.com", nameof(TextMarks.Wordless))]
    public void Marks_are_found(string text, string mark) => Assert.Equal(Enum.Parse<TextMarks>(mark), TextMark.Of(text));

    // An attribute cannot hold it.
    [Fact]
    public void Half_a_character_is_damage() => Assert.Equal(TextMarks.Control, TextMark.Of("half \uD83D pair"));

    [Fact]
    public void In_sample_tickets_nothing_is_wrong()
    {
        using var folder = new TempFolder();
        new Tickets { Count = 60 }.Write(folder.Path, default);
        var survey = TextSurvey.Of(TextDataset.Import(new() { Root = folder[Tickets.FileName] }, folder["workspace"]), default);
        // The same form may be drawn twice, and is found then.
        Assert.Empty(RulesOfTexts.SelectMany(rule => rule.CheckTexts(survey)).Where(found => found.Severity != FindingSeverity.Information && found.Rule is not (nameof(DuplicateText) or nameof(NearDuplicateText))).Select(found => $"{found.Rule}: {found.Message}"));
    }

    [Fact]
    public void A_sketch_finds_what_is_alike()
    {
        var random = RandomStream.For(3, 0, "near");
        var rows = new List<(string, string, Split)>();
        for (var i = 0; i < 200; i++)
        {
            var words = Enumerable.Range(0, 40).Select(_ => $"w{random.Below(5000)}").ToArray();
            rows.Add((string.Join(' ', words), "a", Split.Train));
            words[random.Below(words.Length)] = "changed";
            rows.Add((string.Join(' ', words), "a", Split.Train));
        }
        var survey = TextSurvey.Of(TextDataset.Of([.. rows, ("other", "b", Split.Train)]), default);
        // One word of 40 is in three runs of 38: 35 of 41 are common to both.
        Assert.InRange(Enumerable.Range(0, 200).Count(pair => survey.NearOf(2 * pair + 1) == 2 * pair), 190, 200);
        Assert.All(Enumerable.Range(0, 200), pair => Assert.Equal(-1, survey.NearOf(2 * pair)));
    }

    static List<(string Text, string Label, Split Split)> Clean()
    {
        string[] first = ["printer", "screen", "keyboard", "scanner", "router", "phone", "badge", "invoice"], second = ["jams", "flickers", "beeps", "is missing", "was replaced", "smells odd", "runs hot", "needs paper"];
        return [.. first.SelectMany((thing, i) => second.Select((what, j) => ($"the {thing} on floor {i * 8 + j} {what}", i % 2 == 0 ? "a" : "b", j % 4 == 0 ? Split.Validation : Split.Train))), .. Usual()];
    }

    // Long enough for their language to tell.
    static IEnumerable<(string, string, Split)> Usual() =>
        from at in Enumerable.Range(0, 40)
        select ($"this is ticket {at * 31} about thing{at * 17}, and it was not what we had asked for{string.Concat(Enumerable.Range(0, 6).Select(i => $" item{at * 13 + i * 7}x{at}"))}", at % 2 == 0 ? "a" : "b", Split.Train);

    static List<AuditFinding> Audit(IReadOnlyList<(string Text, string Label, Split Split)> rows)
    {
        var survey = TextSurvey.Of(TextDataset.Of(rows), default);
        return [.. RulesOfTexts.SelectMany(rule => rule.CheckTexts(survey))];
    }
}
