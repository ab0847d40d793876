using System.Globalization;
using System.Net;
using System.Text;
using PSFineTune.Attributions;

namespace PSFineTune.Pictures;

/// <summary>A text for a page, each word on the ground of what it adds to the class.</summary>
static class AttributionText
{
    /// <summary>Escaped text and spans, whose titles say the weights; for an element whose white space is kept and whose dir is auto.</summary>
    public static string Html(Attribution attribution)
    {
        var page = new StringBuilder();
        foreach (var (text, weight, color) in WordColors.Pieces(attribution))
        {
            var shown = WebUtility.HtmlEncode(text);
            if (weight is not { } known) page.Append(shown);
            else
            {
                var style = color is var (red, green, blue) ? $" style=\"background:#{red:x2}{green:x2}{blue:x2}\"" : "";
                page.Append(CultureInfo.InvariantCulture, $"<span title=\"{known:+0.####;-0.####;0}\"{style}>{shown}</span>");
            }
        }
        return page.ToString();
    }
}
