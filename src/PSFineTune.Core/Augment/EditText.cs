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

    // What an edit does to get there goes without saying: AdjustBrightness is brightness, ResizedCrop a crop.
    static readonly string[] s_silent = ["Adjust", "Resized"];

    /// <summary>Only what changes something, in order; empty where nothing does.</summary>
    /// <param name="edits">In order.</param>
    /// <param name="inputSize">Side of the model's input: a new size that is said only where it is another.</param>
    public static string Of(IEnumerable<Edit> edits, int? inputSize = null) => string.Join(", ", edits.SelectMany(edit => Parts(edit, inputSize)).Where(part => part.Length > 0));

    // An edit that holds others is what they are.
    static IEnumerable<string> Parts(Edit edit, int? inputSize)
    {
        var inner = SettingText.Of(edit.GetType()).Select(property => property.GetValue(edit)).Where(value => value is Edit or IEnumerable<Edit>).ToList();
        return inner.Count > 0 ? inner.SelectMany(value => value as IEnumerable<Edit> ?? [(Edit)value!]).SelectMany(part => Parts(part, inputSize))
            : edit is Edits.Keep ? [] : [One(edit, inputSize)];
    }

    static string One(Edit edit, int? inputSize)
    {
        // Where a partner is named, its place among others says nothing more.
        var rest = SettingText.ChangedOf(edit).Where(setting => !s_rectangle.Contains(setting.Name) && !(edit is MixEdit { Other: not null } && setting.Name == nameof(MixEdit.Partner))).ToList();
        var words = rest.Select(setting => (setting.Name, setting.Value) switch
        {
            (var name, bool) => Words(name),
            (_, AugmentDraw other) => $"with {Path.GetFileName(other.Path)}",
            (_, Enum word) => Words(word.ToString()),
            // The one number that an edit has speaks for itself.
            (_, var value) when rest.Count(other => other.Value is not (Enum or bool)) == 1 => Short(value),
            var (name, value) => $"{Words(name)} {Short(value)}",
        });
        return string.Join(' ', ((string[])[Words(edit.Name), Rectangle(edit, inputSize)]).Where(text => text.Length > 0).Concat(words));
    }

    // Two digits, which for a number near nothing are further down.
    static string Short(object? value) => SettingText.Value(value, value is double number && Math.Abs(number) < 0.095 ? "0.###" : "0.##");

    static string Rectangle(Edit edit, int? inputSize)
    {
        var has = s_rectangle.ToDictionary(name => name, name => edit.GetType().GetProperty(name)?.GetValue(edit) as int?);
        var text = new StringBuilder();
        if (has["Width"] is { } width && has["Height"] is { } height) text.Append($"{width}x{height}");
        if (has["Left"] is { } left && has["Top"] is { } top) text.Append($"{left:+0;-0}{top:+0;-0}");
        if (has["ToWidth"] is { } toWidth && has["ToHeight"] is { } toHeight && (toWidth, toHeight) != (inputSize, inputSize)) text.Append(text.Length > 0 ? " to " : "to ").Append($"{toWidth}x{toHeight}");
        return text.ToString();
    }

    // MotionBlur: motion blur.
    static string Words(string name)
    {
        if (Array.Find(s_silent, word => name.StartsWith(word, StringComparison.Ordinal) && name.Length > word.Length) is { } silent) name = name[silent.Length..];
        return string.Concat(name.Select((letter, index) => char.IsUpper(letter) && index > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
    }
}
