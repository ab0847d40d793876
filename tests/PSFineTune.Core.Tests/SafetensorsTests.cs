using System.Buffers.Binary;
using System.Text;
using PSFineTune.Packaging;
using Xunit;

namespace PSFineTune.Tests;

public class SafetensorsTests
{
    const string A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    [Theory]
    [InlineData("{" + A + "}", 4, "need 8 bytes of data and it has 4")]
    [InlineData("{" + A + "}", 12, "need 8 bytes of data and it has 12")]
    [InlineData("{" + A + "," + A + "}", 8, "'a' twice")]
    [InlineData("{" + A + ",\"\\u0061\":{}}", 8, "'a' twice")]
    [InlineData("{" + A + ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "'b' overlap")]
    [InlineData("{" + A + ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[12,20]}}", 20, "'b' leave a hole")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "'a' leave a hole")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "cannot take the bytes 0 to 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "cannot take the bytes 8 to 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", 0, "cannot take")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", 8, "whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}", 8, "whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}", 8, "the shape of 'a' is no list")]
    [InlineData("{\"a\":{\"dtype\":\"Q7\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "dtype 'Q7'")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "lacks dtype, shape or two data_offsets")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "'dtype' twice")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}", 8, "unknown property 'more'")]
    [InlineData("{\"a\":7}", 0, "tensor 'a' is no JSON object")]
    [InlineData("{\"__metadata__\":{\"x\":1}}", 0, "__metadata__.x is no text")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "'__metadata__' twice")]
    [InlineData("{\"\\ud800\":{}}", 0, "not the JSON it should be")]
    [InlineData("{} {}", 0, "not the JSON it should be")]
    [InlineData("{" + A, 8, "not the JSON it should be")]
    [InlineData(" {}", 0, "does not begin with '{'")]
    public void Refuses_a_bad_header(string header, int dataLength, string problem) => Assert.Contains(problem, Refused(File(header, new byte[dataLength])).Message);

    [Theory]
    [InlineData(100_000_001UL, "over the limit")]
    [InlineData(ulong.MaxValue, "over the limit")]
    [InlineData(1000UL, "claims 1000 bytes and 10 follow")]
    [InlineData(1UL, "does not begin")]
    public void Refuses_a_header_length_that_cannot_be(ulong claimed, string problem)
    {
        var bytes = File("{}        ", []);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimed);
        Assert.Contains(problem, Refused(bytes).Message);
    }

    [Fact]
    public void Refuses_what_is_no_safetensors_at_all()
    {
        Assert.Contains("fewer bytes", Refused([1, 2, 3]).Message);
        Assert.Contains("pickle", Refused([.. "PK\x03\x04"u8, .. new byte[30]]).Message);
        Assert.Contains("ConvertTo-Safetensors", Refused([0x80, 0x02, .. new byte[30]]).RecommendedAction);
        Assert.Equal("WeightsNotFound", Assert.Throws<FineTuneException>(() => Safetensors.ReadFile("no-such.safetensors")).Id);
    }

    [Fact]
    public void A_header_of_640_bytes_is_no_pickle() => Assert.Empty(Read(File("{}".PadRight(0x280), [])).Tensors);

    [Fact]
    public void Widens_halves()
    {
        var header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[4,6]}}";
        var tensors = Read(File(header, [0x00, 0x3C, 0x00, 0xC1, 0xC0, 0x3F])).Tensors;
        Assert.Equal([1f, -2.5f], Singles(tensors["h"]));
        Assert.Equal([1.5f], Singles(tensors["b"]));
        Assert.All(tensors.Values, tensor => Assert.Equal("F32", tensor.DType));
    }

    [Fact]
    public void Reads_back_what_it_wrote_and_writes_the_same_bytes_twice()
    {
        using var folder = new TempFolder();
        Safetensors.WriteFile(folder["once"], Some(), new Dictionary<string, string> { ["z"] = "\"quoted\" é", ["k"] = "" });
        Safetensors.WriteFile(folder["twice"], Some().Reverse(), new Dictionary<string, string> { ["k"] = "", ["z"] = "\"quoted\" é" });
        Assert.Equal(System.IO.File.ReadAllBytes(folder["once"]), System.IO.File.ReadAllBytes(folder["twice"]));
        Assert.Equal(["once", "twice"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());

        var read = Safetensors.ReadFile(folder["once"]);
        Assert.Equal("\"quoted\" é", read.Metadata["z"]);
        Assert.Equal(Some().Count(), read.Tensors.Count);
        Assert.All(Some(), tensor =>
        {
            Assert.Equal(tensor.Shape, read.Tensors[tensor.Name].Shape);
            Assert.Equal(tensor.DType, read.Tensors[tensor.Name].DType);
            Assert.Equal(tensor.Bytes, read.Tensors[tensor.Name].Bytes);
        });
    }

    [Fact]
    public void A_changed_byte_is_refused_or_read_within_bounds()
    {
        using var good = new MemoryStream();
        Safetensors.Write(good, Some());
        var stream = RandomStream.For(1, 0, "mutations");
        var refused = 0;
        for (var round = 0; round < 4000; round++)
        {
            var bytes = good.ToArray();
            for (var change = stream.Below(3); change >= 0; change--) bytes[stream.Below(bytes.Length)] = (byte)stream.Below(256);
            if (stream.Chance(0.2)) bytes = bytes[..stream.Below(bytes.Length)];
            try
            {
                Assert.True(Read(bytes).Tensors.Values.Sum(tensor => tensor.Bytes.Length) <= 2 * bytes.Length);
            }
            catch (FineTuneException fault)
            {
                refused++;
                Assert.Equal("InvalidSafetensors", fault.Id);
            }
        }
        Assert.InRange(refused, 1500, 3900);
    }

    static IEnumerable<StoredTensor> Some() =>
    [
        new("b.weight", "F32", [2, 3], [.. Enumerable.Range(0, 24).Select(i => (byte)i)]),
        new("a", "I64", [], [1, 2, 3, 4, 5, 6, 7, 8]),
        new("empty", "F32", [0, 4], []),
        new("Z", "F32", [1], [9, 9, 9, 9]),
    ];

    static float[] Singles(StoredTensor tensor) => [.. tensor.Bytes.Chunk(4).Select(bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes))];

    static SafetensorsContent Read(byte[] bytes) => Safetensors.Read(new MemoryStream(bytes), bytes.Length, "x.safetensors");

    static FineTuneException Refused(byte[] bytes)
    {
        var fault = Assert.Throws<FineTuneException>(() => Read(bytes));
        Assert.Equal(("InvalidSafetensors", FaultKind.InvalidData, "x.safetensors"), (fault.Id, fault.Kind, fault.Target));
        return fault;
    }

    static byte[] File(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }
}
