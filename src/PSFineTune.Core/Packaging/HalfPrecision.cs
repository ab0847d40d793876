using System.Buffers.Binary;

namespace PSFineTune.Packaging;

/// <summary>Makes values wide.</summary>
/// <param name="values">Little-endian, as they are stored.</param>
/// <param name="wide">Room for as many; little-endian.</param>
delegate void Widening(ReadOnlySpan<byte> values, Span<byte> wide);

/// <summary>Floats of 16 bits, made float32.</summary>
static class HalfPrecision
{
    /// <summary>IEEE 754's binary16.</summary>
    public static void WidenHalf(ReadOnlySpan<byte> values, Span<byte> wide)
    {
        for (var i = 0; i < values.Length; i += 2) BinaryPrimitives.WriteSingleLittleEndian(wide[(2 * i)..], (float)BinaryPrimitives.ReadHalfLittleEndian(values[i..]));
    }

    /// <summary>The upper half of a float32.</summary>
    public static void WidenBFloat16(ReadOnlySpan<byte> values, Span<byte> wide)
    {
        for (var i = 0; i < values.Length; i += 2) BinaryPrimitives.WriteUInt32LittleEndian(wide[(2 * i)..], (uint)BinaryPrimitives.ReadUInt16LittleEndian(values[i..]) << 16);
    }
}
