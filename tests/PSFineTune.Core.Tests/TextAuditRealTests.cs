using PSFineTune.Audit;
using PSFineTune.Audit.Rules;
using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What is known of a published set is found in it.</summary>
public class TextAuditRealTests
{
    // Its paper's readers found several hundred messages that stand in it more than once, and its makers wrote numbers as &lt;#&gt;.
    [Fact]
    public void Messages_that_were_collected_twice_are_found()
    {
        using var folder = new TempFolder();
        var data = TextDataset.Import(new() { Root = Assets.Path("text/sms-spam/SMSSpamCollection") }, folder["workspace"]);
        var survey = TextSurvey.Of(data, default);
        var found = Catalog<AuditRule>.Names.SelectMany(name => Catalog<AuditRule>.Create(name).CheckTexts(survey)).ToList();
        Assert.InRange(found.Count(finding => finding.Rule == nameof(DuplicateText)), 403, 480);
        Assert.InRange(found.Count(finding => finding.Rule == nameof(HtmlRemains)), 200, 500);
        Assert.DoesNotContain(found, finding => finding.Rule is nameof(ConflictingTextLabel) or nameof(LanguageMix));
    }
}
