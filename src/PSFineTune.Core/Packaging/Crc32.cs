namespace PSFineTune.Packaging;

/// <summary>The cyclic redundancy check of zip files (ISO 3309, reflected polynomial EDB88320), fed piece by piece.</summary>
sealed class Crc32
{
    static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(Entry)];

    uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) _state = (_state >> 8) ^ s_table[(byte)(_state ^ value)];
    }

    static uint Entry(int index)
    {
        var entry = (uint)index;
        for (var bit = 0; bit < 8; bit++) entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ 0xEDB88320;
        return entry;
    }
}
