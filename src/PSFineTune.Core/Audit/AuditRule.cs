using System.Text.Json.Serialization;
using PSFineTune.Training;

namespace PSFineTune.Audit;

/// <summary>One kind of thing that goes wrong with training data. The next rule is one file: the catalog finds it.</summary>
public abstract record AuditRule
{
    [JsonIgnore]
    public string Name => GetType().Name;

    /// <summary>How much a finding of this rule matters.</summary>
    [JsonIgnore]
    public abstract FindingSeverity Severity { get; }

    /// <summary>Whether the rule runs only where it is named: for what takes longer than reading the data.</summary>
    [JsonIgnore]
    public virtual bool OnRequest => false;

    /// <summary>What the rule asks of data of any kind.</summary>
    internal virtual IEnumerable<AuditFinding> Check(Survey survey) => [];

    /// <summary>What it asks of images alone.</summary>
    internal virtual IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) => [];

    /// <summary>What it asks of texts alone.</summary>
    internal virtual IEnumerable<AuditFinding> CheckTexts(TextSurvey survey) => [];

    /// <summary>A finding of this rule.</summary>
    private protected AuditFinding Found(Place at, string message, string action, Place? related = null) => new()
    {
        Rule = Name, Severity = Severity, Path = at.Path, Line = at.Line, RelatedPath = related?.Path, RelatedLine = related?.Line, Message = message, Action = action,
    };
}
