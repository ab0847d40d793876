using System.Globalization;
using System.Management.Automation;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>Draws a property of objects over another as lines: what was tried against what came out.</summary>
/// <remarks>Objects whose properties are no numbers are left out. Without -Path the lines are drawn in the characters of the terminal, or of the file its output goes to; with -Terminal Kitty, ITerm or Sixel as a picture in it, with None in a viewer.</remarks>
/// <example>
/// <code>$results | Show-LineChart -X K -Y Accuracy -Series Selector -Logarithmic -Path selectors.png</code>
/// The accuracy of each selector over the count of terms it keeps.
/// </example>
/// <example>
/// <code>$run.Epochs | Show-LineChart -X Epoch -Y SamplesPerSecond</code>
/// How fast each epoch was.
/// </example>
/// <example>
/// <code>$run.Epochs | Show-LineChart -X Epoch -Y ValidationLoss -Path loss.html</code>
/// A curve as a page with its numbers.
/// </example>
[Cmdlet(VerbsCommon.Show, "LineChart", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ShowLineChartCommand : ChartCmdlet
{
    readonly List<ChartPoint> _points = [];

    /// <summary>Any objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property along the axis.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string X { get; set; } = "";

    /// <summary>The property that is measured.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Y { get; set; } = "";

    /// <summary>The property that tells lines apart; one line without it.</summary>
    [Parameter]
    public string? Series { get; set; }

    /// <summary>The axis has the logarithms of X, which are above 0.</summary>
    [Parameter]
    public SwitchParameter Logarithmic { get; set; }

    protected override void Process()
    {
        if (Number(X) is { } x && Number(Y) is { } y && (!Logarithmic || x > 0))
            _points.Add(new(Series is null ? Y : $"{InputObject.Properties[Series]?.Value}", x, y));
    }

    protected override void End() => Draw(_points.Count > 0 ? new LineChart(_points, X, Y, Logarithmic) : throw Fault.NothingToDraw(X, Y));

    double? Number(string property) =>
        LanguagePrimitives.TryConvertTo(InputObject.Properties[property]?.Value, CultureInfo.InvariantCulture, out double? value) && value is { } number && double.IsFinite(number) ? number : null;
}
