// Serves a model that `Export-OnnxModel -IncludePreprocessing` wrote: dotnet run --model clothing.onnx, then curl --data-binary @photo.jpg localhost:5000
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

var builder = WebApplication.CreateBuilder(args);
using var session = new InferenceSession(builder.Configuration["model"] ?? "model.onnx");
using var options = new RunOptions();
var facts = session.ModelMetadata.CustomMetadataMap;
var classes = JsonSerializer.Deserialize<string[]>(facts["classes"])!;
var seen = JsonDocument.Parse(facts["preprocessing"]).RootElement;
var (side, shorter) = (seen.GetProperty("inputSize").GetInt32(), seen.GetProperty("resizeSize").GetInt32());
var cubic = string.Equals(seen.GetProperty("interpolation").GetString(), "bicubic", StringComparison.OrdinalIgnoreCase);

var app = builder.Build();
app.MapPost("/", async (HttpRequest request) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    using var codec = SKCodec.Create(SKData.CreateCopy(body.ToArray()));
    using var decoded = codec is null ? null : SKBitmap.Decode(codec);
    if (decoded is null) return Results.BadRequest("This is no picture.");
    using var photo = Upright(decoded, codec!.EncodedOrigin);
    // The shorter side to its size, and the centre of it: the part of the preprocessing that no graph has.
    var scale = (double)shorter / Math.Min(photo.Width, photo.Height);
    var info = new SKImageInfo(Math.Max(shorter, (int)(scale * photo.Width)), Math.Max(shorter, (int)(scale * photo.Height)), SKColorType.Rgba8888, SKAlphaType.Opaque);
    // Cubic sampling leaves pixels out where a picture shrinks by more than half; averages are nearer then.
    var how = scale >= 0.5 && cubic ? new SKSamplingOptions(SKCubicResampler.CatmullRom) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
    using var small = photo.Info.Size == info.Size ? photo.Copy(info.ColorType) : photo.Resize(info, how);
    var (left, top, pixels) = ((info.Width - side) / 2, (info.Height - side) / 2, new byte[side * side * 3]);
    for (var i = 0; i < pixels.Length; i++) pixels[i] = small.GetPixelSpan()[(top + i / 3 / side) * small.RowBytes + (left + i / 3 % side) * 4 + i % 3];
    using var images = OrtValue.CreateTensorValueFromMemory(pixels, [1, side, side, 3]);
    using var answer = session.Run(options, ["images"], [images], ["probabilities"]);
    return Results.Json(classes.Zip(answer[0].GetTensorDataAsSpan<float>().ToArray()).OrderByDescending(pair => pair.Second).Select(pair => new { Label = pair.First, Score = pair.Second }));
});
app.Run();

// Cameras store pictures as they were held, and say in EXIF how to turn them.
static SKBitmap Upright(SKBitmap photo, SKEncodedOrigin origin)
{
    var (w, h, sideways) = (photo.Width, photo.Height, origin >= SKEncodedOrigin.LeftTop);
    var upright = new SKBitmap(new SKImageInfo(sideways ? h : w, sideways ? w : h, SKColorType.Rgba8888, SKAlphaType.Opaque));
    using var canvas = new SKCanvas(upright);
    canvas.SetMatrix(origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    });
    canvas.DrawBitmap(photo, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
    return upright;
}
