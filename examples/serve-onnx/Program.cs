// Serves a model that `Export-OnnxModel -IncludePreprocessing` wrote: dotnet run --model clothing.onnx, then curl --data-binary @photo.jpg localhost:5000
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

var builder = WebApplication.CreateBuilder(args);
using var session = new InferenceSession(builder.Configuration["model"] ?? "model.onnx");
using var options = new RunOptions();
var facts = session.ModelMetadata.CustomMetadataMap;
var classes = JsonSerializer.Deserialize<string[]>(facts["classes"])!;
var seen = JsonDocument.Parse(facts["preprocessing"]).RootElement;
var photo = new Photo(seen.GetProperty("inputSize").GetInt32(), seen.GetProperty("resizeSize").GetInt32(), seen.GetProperty("interpolation").GetString() == "Bicubic");

var app = builder.Build();
app.MapPost("/", async (HttpRequest request) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    if (photo.Pixels(body.ToArray()) is not { } pixels) return Results.BadRequest("This is no picture, or one that is far too large or long.");
    using var images = OrtValue.CreateTensorValueFromMemory(pixels, [1, photo.Side, photo.Side, 3]);
    using var answer = session.Run(options, ["images"], [images], ["probabilities"]);
    return Results.Json(classes.Zip(answer[0].GetTensorDataAsSpan<float>().ToArray()).OrderByDescending(pair => pair.Second).Select(pair => new { Label = pair.First, Score = pair.Second }));
});
app.Run();
