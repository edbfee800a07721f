print("drey")
