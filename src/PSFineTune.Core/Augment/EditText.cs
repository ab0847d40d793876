using System.Text;

namespace PSFineTune.Augment;

/// <summary>
/// Drawn edits in a few words, for captions: "crop 120x96+10+4, flip, brightness 1.2". Written from the records' names and
/// properties, so that a new edit needs no text of its own.
/// </summary>
static class EditText
{
    // Properties that mean one thing in every edit, and are shorter in one word: a size, a place in the image, the new size.
    static readonly string[] s_rectangle = ["Width", "Height", "Left", "Top", "ToWidth", "ToHeight"];

    /// <summary>Only what changes something, in order; empty where nothing does.</summary>
    public static string Of(IEnumerable<Edit> edits) => string.Join(", ", edits.SelectMany(Parts).Where(part => part.Length > 0));

    // An edit that holds others is what they are.
    static IEnumerable<string> Parts(Edit edit)
    {
        var inner = SettingText.Of(edit.GetType()).Select(property => property.GetValue(edit)).OfType<IEnumerable<Edit>>().ToList();
        return inner.Count > 0 ? inner.SelectMany(edits => edits).SelectMany(Parts) : edit is Edits.Keep ? [] : [One(edit)];
    }

    static string One(Edit edit)
    {
        var rest = SettingText.ChangedOf(edit).Where(setting => !s_rectangle.Contains(setting.Name)).ToList();
        var words = rest.Select(setting => (setting.Name, setting.Value) switch
        {
            (var name, bool) => Words(name),
            (_, Enum word) => Words(word.ToString()),
            // The one number that an edit has speaks for itself.
            (_, var value) when rest.Count(other => other.Value is not (Enum or bool)) == 1 => SettingText.Value(value, "0.##"),
            var (name, value) => $"{Words(name)} {SettingText.Value(value, "0.##")}",
        });
        return string.Join(' ', ((string[])[Words(edit.Name), Rectangle(edit)]).Where(text => text.Length > 0).Concat(words));
    }

    static string Rectangle(Edit edit)
    {
        var has = s_rectangle.ToDictionary(name => name, name => edit.GetType().GetProperty(name)?.GetValue(edit) as int?);
        var text = new StringBuilder();
        if (has["Width"] is { } width && has["Height"] is { } height) text.Append($"{width}x{height}");
        if (has["Left"] is { } left && has["Top"] is { } top) text.Append($"{left:+0;-0}{top:+0;-0}");
        if (has["ToWidth"] is { } toWidth && has["ToHeight"] is { } toHeight) text.Append(text.Length > 0 ? " to " : "to ").Append($"{toWidth}x{toHeight}");
        return text.ToString();
    }

    // ResizedCrop: resized crop. That something was adjusted goes without saying.
    static string Words(string name)
    {
        if (name.StartsWith("Adjust", StringComparison.Ordinal) && name.Length > 6) name = name[6..];
        return string.Concat(name.Select((letter, index) => char.IsUpper(letter) && index > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
    }
}
