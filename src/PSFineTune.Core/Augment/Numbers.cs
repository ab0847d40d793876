using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>One number or a short list of them, where torchvision takes either: 0.5, or [0.1, 1]. In JSON the same.</summary>
[JsonConverter(typeof(Json))]
public sealed record Numbers
{
    readonly double[] _values;

    public Numbers(double value) => _values = [value];

    /// <param name="values">At least one.</param>
    public Numbers(params double[] values) => _values = values.Length > 0 ? [.. values] : throw Fault.NoNumbers(values);

    /// <summary>What a script's list converts by: anything that is a number, or text that reads as one.</summary>
    /// <exception cref="FineTuneException">NoNumbers.</exception>
    public Numbers(object[] values) : this(Array.ConvertAll(values, value => ToDouble(value, values))) { }

    public Numbers(int[] values) : this(Array.ConvertAll(values, value => (double)value)) { }

    public int Count => _values.Length;

    /// <summary>What is left of the numbers where only properties travel: jobs, ConvertTo-Json.</summary>
    public IReadOnlyList<double> Values => [.. _values];

    public double this[int index] => _values[index];

    public static implicit operator Numbers(double value) => new(value);

    public static implicit operator Numbers(int value) => new(value);

    public static implicit operator Numbers(double[] values) => new(values);

    /// <summary>The numbers of a text such as "0.5" or "0.1, 1".</summary>
    /// <exception cref="FineTuneException">NoNumbers.</exception>
    public static Numbers Parse(string text) => new(text.Split(',', StringSplitOptions.TrimEntries).ToArray<object>());

    public bool Equals(Numbers? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);

    public override string ToString()
    {
        var texts = _values.Select(value => value.ToString(CultureInfo.InvariantCulture));
        return Count == 1 ? texts.Single() : $"[{string.Join(", ", texts)}]";
    }

    /// <summary>Low and high: the two numbers, or as far below and above the middle as the one number says, low not under the least.</summary>
    internal (double Low, double High) Around(double middle, double least = double.NegativeInfinity) =>
        Count == 1 ? (Math.Max(least, middle - _values[0]), middle + _values[0]) : (_values[0], _values[1]);

    /// <summary>Height and width: the two numbers, or a square.</summary>
    internal (int Height, int Width) ToSize() => ((int)_values[0], (int)_values[^1]);

    /// <summary>Red, green and blue: the three numbers, or a gray.</summary>
    internal Rgb ToColor() => new((byte)_values[0], (byte)_values[Count / 2], (byte)_values[^1]);

    internal double[] ToArray() => [.. _values];

    internal bool All(Func<double, bool> legal) => _values.All(legal);

    internal bool Rises => _values.Zip(_values.Skip(1)).All(pair => pair.First <= pair.Second);

    // By way of text, so that a value a script has wrapped counts as the number it holds.
    static double ToDouble(object value, object[] all) =>
        double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Fault.NoNumbers(all);

    sealed class Json : JsonConverter<Numbers>
    {
        public override Numbers Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? reader.GetDouble()
            : reader.TokenType == JsonTokenType.StartObject ? JsonSerializer.Deserialize<Listed>(ref reader, options)?.Values is { Length: > 0 } listed ? listed : throw new JsonException("Numbers are expected.")
            : JsonSerializer.Deserialize<double[]>(ref reader, options) is { Length: > 0 } values ? values
            : throw new JsonException("A number or a list of numbers is expected.");

        // What ConvertTo-Json makes of this record.
        sealed record Listed(int Count, double[] Values);

        public override void Write(Utf8JsonWriter writer, Numbers value, JsonSerializerOptions options)
        {
            if (value.Count == 1) writer.WriteNumberValue(value[0]);
            else JsonSerializer.Serialize(writer, value._values, options);
        }
    }
}
