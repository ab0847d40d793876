using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PSFineTune.Reports;

/// <summary>
/// Finished HTML. There is one door to it: an interpolated string, whose written parts stay as the programmer wrote them while every
/// value is encoded, unless it is HTML already. So no name, path or text of a user can become an element, an attribute or a script.
/// </summary>
/// <remarks>In attributes holes stand between double quotes, and no hole stands in a script, a style or a link's address.</remarks>
sealed class Html
{
    readonly string _markup;

    Html(string markup) => _markup = markup;

    public static Html Empty { get; } = new("");

    public bool IsEmpty => _markup.Length == 0;

    public static Html Of(Markup markup) => new(markup.Finish());

    /// <summary>One after the other.</summary>
    public static Html Of(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part._markup)));

    /// <summary>A name or a text of a user's, which may be written in either direction, kept from turning what is around it.</summary>
    public static Html Name(string? text) => Of($"<bdi>{text}</bdi>");

    /// <summary>A file of this assembly, such as the page's style, as it stands.</summary>
    public static Html Resource(string name)
    {
        using var reader = new StreamReader(typeof(Html).Assembly.GetManifestResourceStream(name)!);
        return new(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    public override string ToString() => _markup;

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup(int literals, int holes)
    {
        readonly StringBuilder _text = new(literals + 24 * holes);

        public void AppendLiteral(string written) => _text.Append(written);

        public void AppendFormatted(Html? part) => _text.Append(part?._markup);

        public void AppendFormatted(IEnumerable<Html> parts)
        {
            foreach (var part in parts) _text.Append(part._markup);
        }

        public void AppendFormatted(string? text) => HtmlText.Encode(text, _text);

        public void AppendFormatted<T>(T value, string? format = null) where T : IFormattable => HtmlText.Encode(value.ToString(format, CultureInfo.InvariantCulture), _text);

        public string Finish() => _text.ToString();
    }
}
