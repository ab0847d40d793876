using System.Text.Json;
using System.Text.Json.Serialization;

namespace PSFineTune.Ledger;

/// <summary>A property that is JSON text in memory and JSON itself in the file: what it describes may gain and lose properties, and old entries are still read.</summary>
sealed class RawJson : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.GetRawText();
    }

    // Written anew: text with line breaks would be two lines of a file that has one for each entry.
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }
        using var document = JsonDocument.Parse(value);
        document.RootElement.WriteTo(writer);
    }
}
