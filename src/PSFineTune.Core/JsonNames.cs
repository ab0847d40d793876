using System.Text;
using System.Text.Json;

namespace PSFineTune;

/// <summary>Names of JSON objects. Readers take the last of two properties of one name, others the first, so what one checks another need not use.</summary>
static class JsonNames
{
    /// <summary>The first name that stands twice in one object; null where there is none, or where the text is no JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="comparer">What makes names the same.</param>
    public static string? Twice(string json, StringComparer comparer)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var open = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
                if (reader.TokenType == JsonTokenType.StartObject) open.Push(new(comparer));
                else if (reader.TokenType == JsonTokenType.EndObject) open.Pop();
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } name && !open.Peek().Add(name)) return name;
        }
        // A name that is no text, such as half of a character, is an InvalidOperationException.
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
        return null;
    }
}
