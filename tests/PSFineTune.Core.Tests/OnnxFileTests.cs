using Google.Protobuf;
using PSFineTune.Exports;
using PSFineTune.Models.Onnx.Schema;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Files of exported models where several are written at a time, and where one was killed.</summary>
public sealed class OnnxFileTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exports_at_a_time_leave_a_model_with_its_own_weights()
    {
        for (var round = 0; round < 40; round++)
        {
            var start = new Barrier(2);
            await Task.WhenAll(Enumerable.Range(0, 2).Select(side => Task.Run(() =>
            {
                var model = Model((byte)(2 * round + side));
                start.SignalAndWait();
                OnnxFile.Write(model, Export, 100, _ => Export);
            })));
            var weights = OnnxFile.Read(Export.Path).Graph.Initializer.Single();
            var data = _folder[weights.ExternalData.Single(entry => entry.Key == "location").Value];
            Assert.Equal(weights.Name, File.ReadAllBytes(data)[0].ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal([data], Directory.GetFiles(_folder.Path, "*.data"));
        }
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void What_a_killed_export_left_is_removed_and_what_is_held_stays()
    {
        var (left, busy, mine, other) = (Left("m.onnx"), Left("m.onnx"), _folder["m.onnx.mine.tmp"], Left("other.onnx"));
        Directory.CreateDirectory(mine);
        using (var _ = new FileStream(Path.Combine(busy, "held"), FileMode.Open, FileAccess.ReadWrite, FileShare.None)) OnnxFile.Write(Model(1), Export, long.MaxValue, _ => Export);
        Assert.Equal(new[] { busy, mine, other }.Order(StringComparer.Ordinal), Directory.GetDirectories(_folder.Path).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(left));
        // What has no weights of its own beside it leaves no lock either.
        Assert.Equal([Export.Path], Directory.GetFiles(_folder.Path));
    }

    OnnxExport Export => new() { Path = _folder["m.onnx"] };

    string Left(string name)
    {
        var folder = _folder[$"{name}.{Guid.NewGuid():N}.tmp"];
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "held", name })
        {
            File.WriteAllText(Path.Combine(folder, file), "");
            File.SetLastWriteTimeUtc(Path.Combine(folder, file), DateTime.UtcNow.AddHours(-1));
        }
        return folder;
    }

    static ModelProto Model(byte value) => new()
    {
        Graph = new()
        {
            Initializer = { new TensorProto { Name = $"{value}", DataType = TensorProto.Types.DataType.Uint8, Dims = { 5000 }, RawData = ByteString.CopyFrom([.. Enumerable.Repeat(value, 5000)]) } },
        },
    };
}
