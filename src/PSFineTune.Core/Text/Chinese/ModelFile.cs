using System.Text.Json;

namespace PSFineTune.Text.Chinese;

/// <summary>Files of numbers in JSON.</summary>
static class ModelFile
{
    /// <summary>Makes something of a file's root element.</summary>
    /// <exception cref="FineTuneException">CannotRead; BadTextModel.</exception>
    public static T Read<T>(string path, Func<JsonElement, T> make)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return make(document.RootElement);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw Fault.BadTextModel(path, wrong);
        }
    }
}
